using System.Text;
using Tracing.Capture.Importing.JsonLines;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>JSON lines with the published column names.</summary>
public sealed class JsonLinesImportTests : IDisposable
{
    private const string Whole = """
        {"virtio_trace":{"sources":[{"name":"vmm","sees":["device.*"]}]}}
        {"sequence":1,"source":"vmm","source_sequence":1,"time_ns":-5,"actor":"device","event":"dma_read","device":0,"queue":1,"address_space":"bus","address":"0x1000","length":16,"region_shared":null}
        {"source":"vmm","source_sequence":"2","actor":"device","event":"dma_write","address":18446744073709551615,"size":4294967295,"width":null}
        {"actor":"driver","event":"store","part":"descriptor","target_space":"bus","target":"4096","flags":1,"note":"a \u00e4","colour":"red"}

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Numbers_are_numbers_or_texts_and_names_are_names()
    {
        var run = await ImportedFile.Import(folder, Whole);

        Assert.Equal(
            [
                "1 vmm 1 -5 device 0 1 dma_read bus 4096 16 - - - - -",
                "2 vmm 2 - device - - dma_write - 18446744073709551615 - 4294967295 - - - -",
                "3 driver 1 - driver - - store - - - - bus 4096 1 a ä",
            ],
            ParquetRows.Query($"""
                select concat_ws(' ', sequence, source, source_sequence, coalesce(time_ns::varchar, '-'), actor, coalesce(device::varchar, '-'), coalesce(queue::varchar, '-'),
                    event, coalesce(address_space, '-'), coalesce(address::varchar, '-'), coalesce(length::varchar, '-'), coalesce(size::varchar, '-'),
                    coalesce(target_space, '-'), coalesce(target::varchar, '-'), coalesce(flags::varchar, '-'), coalesce(note, '-'))
                from '{run}' where source <> 'import' order by sequence
                """));
        Assert.Equal(
            "1 lines are odd: 'colour' is no column",
            ParquetRows.Query($"select note from '{run}' where event = 'remark'").Single().Split("; ")[0]);
        Assert.Equal(["device.*"], ParquetRows.Facts(run).Sources.Single(source => source.Name == "vmm").Sees);
    }

    [Theory]
    [InlineData("""{"actor":"driver","event":"barrier","thread":65536}""", "thread is none")]
    [InlineData("""{"actor":"driver","event":"barrier","thread":-1}""", "thread is none")]
    [InlineData("""{"actor":"driver","event":"barrier","thread":1.5}""", "thread is none")]
    [InlineData("""{"actor":"driver","event":"fence"}""", "event is none")]
    [InlineData("""{"actor":"driver","event":12}""", "event is none")]
    [InlineData("""{"actor":"driver","event":"barrier","event":"barrier"}""", "event is given twice")]
    [InlineData("""{"actor":"driver","event":"barrier","note":7}""", "note is given twice, or is none")]
    [InlineData("""{"actor":"driver","event":"barrier","time_ns":"soon"}""", "time_ns is given twice, or is none")]
    [InlineData("""{"actor":"driver","event":"barrier"} {}""", "it is no JSON")]
    [InlineData("""{"actor":"driver","event":"barrier" """, "it is no JSON")]
    [InlineData("""{"actor":"driver","event":"barrier","x":[[[[[[[[[[]]]]]]]]]]}""", "it is no JSON")]
    [InlineData("""{"actor":"driver","note":"\ud800","event":"barrier"}""", "it is no JSON")]
    [InlineData("""{"actor":"driver"}""", "an event needs an actor and a kind")]
    public void An_object_that_is_no_event_is_a_loss_of_its_source(string line, string reason)
    {
        var events = ImportedFile.Events(new JsonLinesFormat(), Encoding.UTF8.GetBytes($"{Whole}{line}\n"));

        Assert.Contains($"driver: recorder/0 loss value=1 note=\"line 5: {reason}\"", events);
    }

    [Fact]
    public void Mutated_lines_do_no_harm()
        => Mutation.Run(Encoding.UTF8.GetBytes(Whole), bytes => ImportedFile.AssertHarmless(new JsonLinesFormat(), bytes));

    [Fact]
    public void Lines_without_end_and_nesting_without_end_take_no_memory()
    {
        ImportedFile.AssertBounded(new JsonLinesFormat(), Whole + """{"actor":"driver","event":"barrier","note":""" + "\"", 'x', "\"}\n");
        ImportedFile.AssertBounded(new JsonLinesFormat(), Whole + """{"actor":"driver","event":"barrier","note":""", '[', "\n");
        ImportedFile.AssertBounded(new JsonLinesFormat(), Whole + """{"virtio_trace":""", '[', "\n");
    }
}
