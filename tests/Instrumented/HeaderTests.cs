using System.Globalization;
using Tracing.Journals;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>What a C program records with virtio_trace.h is what our reader reads.</summary>
public sealed class HeaderTests : IDisposable
{
    private const string Opening = """
        #include "virtio_trace.h"
        int main(int count, char **words)
        {
            vtrace_options options;
            vtrace *t;
            if (count != 2) return 2;
            memset(&options, 0, sizeof options);
            options.folder = words[1];
            options.source = "driver";
            options.sees = "driver.*";
            options.segment_bytes = 16384;
            t = vtrace_open(&options);
            if (t == NULL) return 1;

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gcc", "-std=c11")]
    [InlineData("gcc", "-std=gnu17")]
    [InlineData("g++", "-std=c++11")]
    [InlineData("g++", "-std=c++20")]
    [InlineData("clang", "-std=c11")]
    [InlineData("aarch64-linux-gnu-gcc", "-std=c11")]
    public void It_compiles_without_a_warning(string compiler, string standard)
        => CProgram.Compile(compiler, standard, "-O2", "-x", compiler == "g++" ? "c++" : "c", "-c", "-o", folder.PathOf("probes.o"), CProgram.SourceOf("probes"));

    [Fact]
    public void Each_probe_records_its_event()
    {
        CProgram.Run(CProgram.Of("probes"), folder.PathOf("run"));

        var expected = File.ReadAllLines(Repository.PathOf("tests", "Instrumented", "probes.events")).Where(line => !line.StartsWith('#'));
        Assert.Equal(expected, Recording.Journals.Read(folder.PathOf("run/driver.journal")));
    }

    [Fact]
    public void Every_column_is_where_its_definition_says()
    {
        var columns = Columns.All.Where(column => column.Offset >= 0 && column.Column > Column.Event).ToList();
        CProgram.Run(
            CProgram.Of("columns", Opening + string.Concat(columns.Select(column => $$"""
                    {
                        vtrace_record record = vtrace_event(t, VTRACE_EVENT_STORE, VTRACE_ACTOR_PLATFORM, vtrace_at(3, 0x1234));
                        vtrace_set_{{column.Name}}(&record, {{Sample(column)}});
                        vtrace_write(t, &record);
                    }

                """)) + "    vtrace_close(t);\n    return 0;\n}\n"),
            folder.PathOf("run"));

        using var reader = JournalReader.Open(folder.PathOf("run/driver.journal"));
        foreach (var column in columns)
        {
            Assert.True(reader.Read());
            var record = reader.Current;
            Assert.Equal((EventKind.Store, Actor.Platform, 3, 0x1234), (record.Kind, record.Actor, record.Device, record.Queue));
            foreach (var other in columns)
                Assert.Equal(other == column ? Sample(column) : null, RecordColumns.Read(in record, other));
        }

        Assert.False(reader.Read());
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public void A_note_of_any_length_is_read_and_a_longer_one_is_cut_between_letters()
    {
        string[] notes = [.. new[] { 0, 1, 35, 36, 37, 72, 73, 3599, 3600 }.Select(length => new string('x', length))];
        var tooLong = new string('y', 3599) + "äöü";
        CProgram.Run(
            CProgram.Of("notes", Opening + string.Concat(notes.Append(tooLong).Select(note => $"    vtrace_remark(t, vtrace_at(0, 0), \"{note}\");\n"))
                + "    vtrace_close(t);\n    return 0;\n}\n"),
            folder.PathOf("run"));

        using var reader = JournalReader.Open(folder.PathOf("run/driver.journal"));
        foreach (var note in notes.Append(tooLong[..3599]))
        {
            Assert.True(reader.Read());
            Assert.Equal(note, reader.Note);
        }

        Assert.False(reader.Read());
    }

    [Fact]
    public void It_says_of_itself_what_a_recording_of_ours_says()
    {
        CProgram.Run(CProgram.Of("probes"), folder.PathOf("run"));

        using var reader = JournalReader.Open(folder.PathOf("run/driver.journal"));
        var facts = reader.Header.Facts;
        Assert.Equal("a \"program\" with \\ in its name", facts.Producer);
        Assert.Equal(RunFacts.CurrentSchema.ToString(2), facts.SchemaVersion);
        Assert.Equal(new RunFacts().Profile, facts.Profile);
        Assert.Equal(File.ReadAllText(folder.PathOf("run/run-id")), Guid.Parse(facts.RunId).ToString());
        Assert.Equal(MonotonicClock.Facts, reader.Source.Clock);
        Assert.Equal(["driver.*", "device.dma_read"], reader.Source.Sees);
    }

    [Fact]
    public void Many_segments_are_one_gap_free_recording_with_checksums()
    {
        const int Events = 5000;
        CProgram.Run(CProgram.Of("many", Opening + $$"""
                for (uint16_t i = 0; i < {{Events}}; i++) {
                    vtrace_store(t, vtrace_at(0, 0), VTRACE_PART_AVAILABLE_INDEX, 0x1002, 2, i);
                    if (i % 300 == 0 && !vtrace_prepare(t)) return 1;
                }
                if (!vtrace_prepare(t)) return 1;
                vtrace_close(t);
                return 0;
            }

            """), folder.PathOf("run"));

        var path = folder.PathOf("run/driver.journal");
        var read = Recording.Journals.Read(path);
        Assert.Equal(Events, read.Count);
        Assert.DoesNotContain(read, Recording.Journals.IsLoss);

        // A flipped bit that the record's own check misses is noticed by the segment's checksum.
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(JournalFormat.PageBytes + (20 * 16384), bytes.Length);
        Flip(bytes, JournalFormat.PageBytes + JournalFormat.SegmentHeaderBytes);
        File.WriteAllBytes(path, bytes);
        Assert.Contains(Recording.Journals.Read(path), Recording.Journals.IsLoss);
    }

    [Fact]
    public void A_full_disk_ends_the_recording_and_says_so()
    {
        var program = CProgram.Of("full", Opening + """
                for (uint16_t i = 0; i < 9000; i++) vtrace_store(t, vtrace_at(0, 0), VTRACE_PART_AVAILABLE_INDEX, 0x1002, 2, i);
                vtrace_close(t);
                return 0;
            }

            """);
        CProgram.Run("/bin/sh", "-c", $"trap '' XFSZ; ulimit -f 100; exec {program} {folder.PathOf("run")}");

        var facts = Recording.Journals.Seal(folder.PathOf("run"), folder.PathOf("run.parquet"));
        Assert.Equal(1UL, facts.Losses);
        var rows = ParquetRows.Read(folder.PathOf("run.parquet"));
        var loss = Assert.Single(rows, row => row.Kind == EventKind.Loss);
        Assert.Contains("no room for the next journal segment", loss.Note, StringComparison.Ordinal);
        Assert.Equal(9000UL, loss[Column.Value] + (ulong)rows.Count - 1);
    }

    [Theory]
    [InlineData("options.source = NULL;")]
    [InlineData("options.source = \"a/b\";")]
    [InlineData("options.sees = NULL;")]
    [InlineData("options.folder = \"/nowhere/at/all\";")]
    public void What_cannot_be_opened_is_null_and_harmless(string change)
    {
        CProgram.Run(
            CProgram.Of($"refused-{change.Length}", $$"""
                #include "virtio_trace.h"
                int main(void)
                {
                    vtrace_options options;
                    vtrace *t;
                    memset(&options, 0, sizeof options);
                    options.folder = "{{folder.PathOf("run")}}";
                    options.source = "driver";
                    options.sees = "driver.*";
                    {{change}}
                    t = vtrace_open(&options);
                    if (t != NULL || errno == 0) return 1;
                    vtrace_remark(t, vtrace_at(0, 0), "nothing");
                    vtrace_barrier(t, vtrace_at(0, 0), VTRACE_ORDERING_FULL, VTRACE_DOMAIN_SMP);
                    vtrace_close(t);
                    return 0;
                }

                """));
        Assert.DoesNotContain(Directory.Exists(folder.PathOf("run")) ? Directory.GetFiles(folder.PathOf("run")) : [], file => file.Contains(".journal", StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_that_is_there_is_not_written_over()
    {
        var program = CProgram.Of("probes");
        CProgram.Run(program, folder.PathOf("run"));
        var before = File.ReadAllBytes(folder.PathOf("run/driver.journal"));

        Assert.Equal(1, Live.Tool.Run(program, folder.PathOf("run")).ExitCode);
        Assert.Equal(before, File.ReadAllBytes(folder.PathOf("run/driver.journal")));
        Assert.Equal(2, Directory.GetFiles(folder.PathOf("run")).Length);
    }

    /// <summary>Flips a bit of the first record and another so that its check stays right.</summary>
    private static void Flip(byte[] bytes, int record)
    {
        bytes[record + 24] ^= 1;
        bytes[record + 32] ^= 1;
    }

    private static ulong? Sample(ColumnDefinition column) => column.Type switch
    {
        ColumnType.Enumeration => (ulong)column.Vocabulary!.Limit - 1,
        ColumnType.Boolean => 1,
        ColumnType.UInt8 => 0xa5,
        ColumnType.UInt16 => 0xa5b6,
        ColumnType.UInt32 => 0xa5b6_c7d8,
        _ => ulong.Parse("7a5b6c7d8e9f0a1b", NumberStyles.HexNumber, CultureInfo.InvariantCulture),
    };
}
