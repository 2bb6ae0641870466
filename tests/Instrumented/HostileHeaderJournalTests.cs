using System.Buffers.Binary;
using Tracing.Capture.Cli;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>Journals that a C program wrote and something then damaged: one line, or an honest loss.</summary>
public sealed class HostileHeaderJournalTests : IDisposable
{
    private const int FirstRecord = JournalFormat.PageBytes + JournalFormat.SegmentHeaderBytes;
    private const int ClosedCount = JournalFormat.PageBytes + 8;
    private readonly TemporaryFolder folder = new();

    public HostileHeaderJournalTests() => CProgram.Run(CProgram.Of("probes"), folder.PathOf("run"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_version_is_refused_by_name()
    {
        Damage(bytes => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), JournalFormat.Version + 1));
        await AssertRefused($"journal format {JournalFormat.Version + 1}; this program reads format {JournalFormat.Version}");
    }

    [Fact]
    public async Task A_header_that_was_changed_is_refused()
    {
        Damage(bytes => bytes[JournalFormat.TextOffset + 40] ^= 1);
        await AssertRefused("the header's CRC-32C differs");
    }

    [Fact]
    public async Task A_torn_tail_of_a_killed_recording_is_the_end()
    {
        Damage(bytes =>
        {
            Unfinish(bytes);
            // The word with the commit mark, which is stored last.
            var last = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) / EventRecord.SizeInBytes * EventRecord.SizeInBytes;
            bytes.AsSpan(last + 16, sizeof(ulong)).Clear();
        });
        var run = await Recover(ExitCode.RecordingIncomplete);

        // The two that the program told of itself, and none that reading made up.
        Assert.Equal(2, run.Count(row => row.Kind == EventKind.Loss));
        Assert.Equal(52, run.Count);
    }

    [Fact]
    public async Task A_hole_is_a_loss_in_its_place()
    {
        Damage(bytes =>
        {
            Unfinish(bytes);
            bytes.AsSpan(FirstRecord + (13 * EventRecord.SizeInBytes), 2 * EventRecord.SizeInBytes).Clear();
        });
        var run = await Recover(ExitCode.RecordingIncomplete);

        var loss = Assert.Single(run, row => row.Kind == EventKind.Loss && row.Note!.Contains("is blank, and others follow", StringComparison.Ordinal));
        Assert.Equal(2UL, loss[Column.Value]);
    }

    [Theory]
    [InlineData(1, "segment 0 counts 1 records, and others follow")]
    [InlineData(5_000, "the CRC-32C of segment 0 differs")]
    [InlineData(uint.MaxValue, "segment 0 counts 4294967295 records; the file has 16383")]
    public async Task A_count_that_lies_is_a_loss(uint count, string reason)
    {
        Damage(bytes => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ClosedCount), count));
        var loss = Assert.Single(await Recover(ExitCode.RecordingIncomplete));
        Assert.Equal((EventKind.Loss, reason, 53UL), (loss.Kind, loss.Note, loss[Column.Value]));
    }

    [Theory]
    [InlineData(1_000_000UL)]
    [InlineData(ulong.MaxValue)]
    public async Task An_end_mark_that_counts_more_events_than_there_are_is_a_loss(ulong events)
    {
        Damage(bytes => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(JournalFormat.EventsOffset), events));
        var run = await Recover(ExitCode.RecordingIncomplete);
        Assert.Equal(events - 53, run[^1][Column.Value]);
    }

    private async Task AssertRefused(string reason)
    {
        var recover = await CaptureCommand.Run("recover", folder.PathOf("run"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal(ExitCode.InputUnreadable, recover.Exit);
        Assert.Contains(reason, recover.Error, StringComparison.Ordinal);
        Assert.Single(recover.Error.Trim().Split('\n'));
    }

    private async Task<List<EventRow>> Recover(ExitCode expected)
    {
        var recover = await CaptureCommand.Run("recover", folder.PathOf("run"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal(expected, recover.Exit);
        Assert.Equal(0, Analysis.CommandLine.Run("validate", folder.PathOf("run.parquet")).ExitCode);
        return ParquetRows.Read(folder.PathOf("run.parquet"));
    }

    private void Damage(Action<byte[]> damage)
    {
        var path = folder.PathOf("run/driver.journal");
        var bytes = File.ReadAllBytes(path);
        damage(bytes);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Takes back what the end of a recording adds: as if it had been killed.</summary>
    private static void Unfinish(byte[] bytes)
    {
        bytes.AsSpan(JournalFormat.EndMarkOffset, 16).Clear();
        bytes.AsSpan(ClosedCount, 9).Clear();
    }
}
