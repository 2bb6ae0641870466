using System.Text;
using Tracing.Capture.Cli;
using Tracing.Capture.Importing.Text;
using Tracing.Schemas;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>Events in text form, as strangers write them.</summary>
public sealed class EventTextImportTests : IDisposable
{
    private const string Whole = """
        ; a comment
        #1 @driver:1 +10ns driver dev0 register_write register_name=device_status value=0
        #2 @device:1 +20ns device dev0/q0 dma_read part=available_index address=bus:0x1002 length=2 value=1
        #3 @driver:2 +15ns driver/1 dev0/q0 store part=available_index address=bus:0x1002 length=2 value=2 ordering=release/smp note="why \"so\""

        #4 @platform:1 platform region_mapped address=bus:0x1000 length=4096 region_id=1 region_origin=declared

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_order_of_lines_is_the_order_of_the_run()
    {
        var run = await ImportedFile.Import(folder, Whole);

        Assert.Equal(
            ["1 driver 1 10", "2 device 1 20", "3 driver 2 15", "4 platform 1 "],
            ParquetRows.Query($"select concat_ws(' ', sequence, source, source_sequence, coalesce(time_ns::varchar, '')) from '{run}'"));
    }

    [Fact]
    public async Task Where_nothing_more_is_said_a_source_sees_what_there_are_lines_of_and_no_order_is_claimed()
    {
        var facts = ParquetRows.Facts(await ImportedFile.Import(folder, Whole));

        Assert.Equal(["driver.register_write", "driver.store"], facts.Sources.Single(source => source.Name == "driver").Sees);
        Assert.Equal(["device.dma_read"], facts.Sources.Single(source => source.Name == "device").Sees);
        Assert.All(facts.Sources, source => Assert.Null(source.Clock.UncertaintyNs));
        // The device read an index that nobody had stored yet.
        Assert.All(facts.SourceOrder, order => Assert.Equal("none", order.Order));
        Assert.Equal("swiotlb-rfc1", facts.Profile);
    }

    [Fact]
    public async Task An_order_that_reads_show_is_causal()
    {
        var facts = ParquetRows.Facts(await ImportedFile.Import(folder, """
            driver dev0/q0 store part=available_index address=bus:0x1002 length=2 value=1
            device dev0/q0 dma_read part=available_index address=bus:0x1002 length=2 value=1
            """));

        Assert.Equal("causal", Assert.Single(facts.SourceOrder).Order);
    }

    [Fact]
    public async Task A_header_says_what_the_tracer_can_see()
    {
        var facts = ParquetRows.Facts(await ImportedFile.Import(folder, """
            ; virtio_trace {"profile":"virtio-1.4","assumes":["ORDER_PLATFORM"],"sources":[{"name":"driver","clock":{"name":"tsc","resolution_ns":1,"offset_ns":0,"uncertainty_ns":5},"sees":["driver.*"]},{"name":"watcher","sees":["device.barrier"]}],"source_order":[{"first":"watcher","second":"driver","order":"exact"}]}

            """ + Whole, "--assume", "ACCESS_PLATFORM"));

        Assert.Equal("virtio-1.4", facts.Profile);
        Assert.Equal(["ORDER_PLATFORM", "ACCESS_PLATFORM"], facts.Assumes);
        Assert.Equal(new ClockFacts("tsc", 1, 0, 5), facts.Sources.Single(source => source.Name == "driver").Clock);
        Assert.Equal(["driver.*"], facts.Sources.Single(source => source.Name == "driver").Sees);
        var watcher = facts.Sources.Single(source => source.Name == "watcher");
        Assert.Equal(("device.barrier", 0UL), (Assert.Single(watcher.Sees), watcher.Events));
        Assert.Equal(new SourceOrder("driver", "watcher", "exact"), facts.SourceOrder.Single(order => order is { First: "driver", Second: "watcher" }));
        Assert.Equal("none", facts.SourceOrder.Single(order => order is { First: "device", Second: "driver" }).Order);
    }

    [Theory]
    [InlineData("{", "it is no JSON")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("""{"assumes":7}""", "metadata does not fit the schema at $.assumes")]
    [InlineData("""{"sources":[{"clock":null}]}""", "a source has no name")]
    [InlineData("""{"sources":[null]}""", "a source has no name")]
    [InlineData("""{"sources":[{"name":"a"},{"name":"a"}]}""", "a source is there twice")]
    [InlineData("""{"sources":[{"name":"\ud800"}]}""", "metadata does not fit the schema at $.sources")]
    [InlineData("""{"source_order":[{"first":"a","second":"b","order":"perhaps"}]}""", "an order is none of exact, causal, time, none")]
    [InlineData("""{"schema_version":"7.0"}""", "schema version 7.0; this program reads 1.x: use a newer analyzer")]
    public async Task A_header_that_says_nothing_is_counted(string header, string reason)
    {
        var run = await ImportedFile.Import(folder, $"; virtio_trace {header}\n{Whole}");

        Assert.Contains($"1 lines gave no event: what the run says of itself: {reason}", Remarks(run).Single(), StringComparison.Ordinal);
        Assert.Equal(4, ParquetRows.Read(run).Count(row => row.Source != "import"));
    }

    [Fact]
    public async Task What_is_missing_by_a_sources_own_count_is_a_loss_of_that_many()
    {
        var run = await ImportedFile.Import(folder, """
            @driver:3 driver barrier ordering=full/smp
            @driver:4 driver barrier ordering=full/smp
            @driver:9 driver barrier ordering=full/smp
            @driver:10 recorder loss value=5
            @driver:15 driver barrier ordering=full/smp
            """);

        Assert.Equal(
            ["loss 1 2", "barrier 3 ", "barrier 4 ", "loss 5 4", "barrier 9 ", "loss 10 5", "barrier 15 "],
            ParquetRows.Query($"select concat_ws(' ', event, source_sequence, coalesce(value::varchar, '')) from '{run}' order by sequence"));
    }

    [Fact]
    public async Task A_line_of_a_source_that_cannot_be_read_is_a_loss_in_its_place_and_any_other_is_counted()
    {
        var run = await ImportedFile.Import(folder, """
            driver barrier ordering=full/smp
            driver fence ordering=full/smp
            driver barrier ordering=full/smp note="of a \u00e4"
            what is this
            driver dev0 store part=descriptor value=1 target=bus:0x2
            driver barrier ordering=full/smp unknown=7

            """);

        Assert.Equal(
            ["barrier 1 ", "loss 2 line 2: column 12: 'fence' is no kind of event", "barrier 3 of a ä", "loss 4 line 5: column value does not fit a record beside the event's other columns",
                "loss 5 line 6: column 42: 'unknown' is no column that an event can name"],
            ParquetRows.Query($"select concat_ws(' ', event, source_sequence, coalesce(note, '')) from '{run}' where source = 'driver' order by sequence"));
        Assert.Equal(
            [
                "2 lines gave no event: it cannot be read, and counts as lost; the first is 'driver fence ordering=full/smp'",
                "1 lines gave no event: it is nobody's; the first is 'what is this'",
                "1 lines gave no event: no record can hold it, and it counts as lost; the first is 'driver dev0 store part=descriptor value=1 target=bus:0x2'",
            ],
            Remarks(run));
    }

    [Fact]
    public async Task Counts_and_sequences_that_do_not_go_on_are_pointed_out()
    {
        var run = await ImportedFile.Import(folder, """
            #9 @driver:1 driver barrier ordering=full/smp
            #7 @driver:1 driver barrier ordering=full/smp
            @driver:18446744073709551615 driver barrier ordering=full/smp
            @driver:18446744073709551615 driver barrier ordering=full/smp
            """);

        Assert.Equal(
            ["1 1 barrier", "2 2 barrier", "3 3 loss", "4 18446744073709551615 barrier", "5 18446744073709551615 barrier"],
            ParquetRows.Query($"select concat_ws(' ', sequence, source_sequence, event) from '{run}' where source = 'driver' order by sequence"));
        Assert.Equal(2, Remarks(run).Count(remark => remark.Contains("lines are odd", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_whoever_imports_declares_stands_in_front_and_is_judged()
    {
        var run = await ImportedFile.Import(folder, """
            driver dev0 register_write register_name=driver_feature value=0 feature_word=0
            driver dev0 register_write register_name=driver_feature value=1 feature_word=1
            driver dev0 register_write register_name=device_status value=11
            driver dev0/q0 register_write register_name=queue_size value=8
            driver dev0/q0 register_write register_name=queue_desc value=0x1000
            driver dev0/q0 register_write register_name=queue_driver value=0x2000
            driver dev0/q0 register_write register_name=queue_device value=0x1800
            driver dev0/q0 register_write register_name=queue_enable value=1
            driver dev0 register_write register_name=device_status value=15
            """, "--confine", "0x1000:0x1000");

        Assert.Equal("region_mapped", ParquetRows.Query($"select event from '{run}' where sequence = 1").Single());
        var rule = JudgedRun.Of(run, "--select", "SWIOTLB-003a").Rules["SWIOTLB-003a"];
        Assert.Equal(("violated", 1UL, 2UL), (rule.Verdict, rule.Violated, rule.Held));
    }

    [Theory]
    [InlineData("no event here\n", "no line of it is an event")]
    [InlineData("", "no line of it is an event")]
    public async Task A_text_without_events_is_said_to_be_one(string text, string expected)
    {
        var input = folder.PathOf("input");
        await File.WriteAllTextAsync(input, text, TestContext.Current.CancellationToken);
        var import = await CaptureCommand.Run("import", input, "--from", "text", "-o", folder.PathOf("run.parquet"));

        Assert.Equal((ExitCode.InputUnreadable, $"capture: {input}: {expected}\n"), (import.Exit, import.Error));
    }

    [Fact]
    public void A_text_of_very_many_sources_is_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 65).Select(number => $"@s{number}:1 driver barrier ordering=full/smp\n"));

        Assert.Equal(
            "it has more than 64 sources",
            Assert.Throws<IOException>(() => ImportedFile.Events(new EventTextFormat(), Encoding.UTF8.GetBytes(text))).Message);
    }

    [Fact]
    public void Mutated_texts_do_no_harm()
        => Mutation.Run(
            Encoding.UTF8.GetBytes("""; virtio_trace {"sources":[{"name":"driver","sees":["driver.*"]}],"source_order":[]}""" + "\n" + Whole),
            bytes => ImportedFile.AssertHarmless(new EventTextFormat(), bytes));

    [Fact]
    public void A_line_without_end_takes_no_memory()
    {
        ImportedFile.AssertBounded(new EventTextFormat(), "driver barrier ordering=full/smp\ndriver barrier note=\"", 'x', "\"\n");
        ImportedFile.AssertBounded(new EventTextFormat(), "driver barrier ordering=full/smp\n; virtio_trace ", '[', "\n");
    }

    private static List<string> Remarks(string run) => ParquetRows.Query($"select note from '{run}' where event = 'remark' and source = 'import' order by sequence");
}
