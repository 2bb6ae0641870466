using Tracing.Capture.Cli;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>Journals of several processes become one run: they go by one clock, and what one saw of another's stores stands behind them.</summary>
public sealed class SeveralProcessesTests : IDisposable
{
    private const int Stores = 2000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task In_one_folder_they_are_one_run()
    {
        Record("run", "run");

        var recover = await CaptureCommand.Run("recover", folder.PathOf("run"), "-o", folder.PathOf("run.parquet"));

        Assert.Equal((ExitCode.Success, ""), (recover.Exit, recover.Error));
        AssertCausal();
        Assert.Equal(File.ReadAllText(folder.PathOf("run/run-id")), ParquetRows.Facts(folder.PathOf("run.parquet")).RunId);
    }

    [Fact]
    public async Task In_two_folders_they_are_merged()
    {
        Record("one", "other");

        var recover = await CaptureCommand.Run("recover", folder.PathOf("one"), folder.PathOf("other"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal(ExitCode.InputUnreadable, recover.Exit);
        Assert.Contains("capture merge", recover.Error, StringComparison.Ordinal);
        var merge = await CaptureCommand.Run("merge", folder.PathOf("one"), folder.PathOf("other"), "-o", folder.PathOf("run.parquet"));

        Assert.Equal((ExitCode.Success, ""), (merge.Exit, merge.Error));
        AssertCausal();
    }

    [Fact]
    public async Task By_different_clocks_they_are_in_no_order_and_refused()
    {
        Record("run", "run");
        var strange = Recording.Journals.Facts("strange", new ClockFacts("another", 1, 0, 1000)) with { RunId = File.ReadAllText(folder.PathOf("run/run-id")) };
        using (var journal = new Tracing.Journals.JournalWriter<Tracing.Journals.VirtualClock>(
            folder.PathOf("run/strange.journal"), strange, new(new()), JournalFormat.MinSegmentBytes))
        {
            journal.Complete();
        }

        var recover = await CaptureCommand.Run("recover", folder.PathOf("run"), "-o", folder.PathOf("run.parquet"));

        Assert.Equal(ExitCode.InputUnreadable, recover.Exit);
        Assert.Contains("go by different clocks", recover.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("run.parquet")));
    }

    private void Record(string driver, string device)
        => CProgram.Run(CProgram.Of("together"), folder.PathOf(driver), folder.PathOf(device), $"{Stores}");

    private void AssertCausal()
    {
        var file = folder.PathOf("run.parquet");
        Assert.Equal("causal", ParquetRows.Facts(file).SourceOrder.Single().Order);
        Assert.Equal([$"{Stores}"], ParquetRows.Query($"""
            select count(*) from '{file}' as seen join '{file}' as stored on stored.value = seen.value
            where seen.event = 'dma_read' and stored.event = 'store' and seen.sequence > stored.sequence
            """));
    }
}
