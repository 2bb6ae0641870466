using System.Globalization;
using Tracing.Capture.Cli;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing.NetTrace;

/// <summary>Files that .NET's runtime wrote of a process that mirrors its events: what was imported and what was lost is what there was.</summary>
public sealed class NetTraceTests : IDisposable
{
    private const ulong Events = 1_000_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_million_events_are_the_ones_that_the_journal_has()
    {
        using (var program = new EventSourceProgram(Events, seed: 7, folder.PathOf("journals")))
        {
            using var session = program.Listen(bufferMegabytes: 1024);
            var copying = CopyTo("run.nettrace", session.EventStream);
            program.Begin();
            Assert.Equal(Events, program.Emitted());
            program.End();
            await copying;
        }

        var import = await CaptureCommand.Run("import", folder.PathOf("run.nettrace"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal((ExitCode.Success, ""), (import.Exit, import.Error));
        Assert.Equal([$"{Events}"], ParquetRows.Query($"SELECT count(*) FROM '{folder.PathOf("run.parquet")}'"));
        Assert.Equal(["0|0"], DifferencesFromJournal());

        var (facts, journal) = (ParquetRows.Facts(folder.PathOf("run.parquet")), ParquetRows.Facts(folder.PathOf("journal.parquet")));
        Assert.True(facts.Complete);
        Assert.Contains("ORDER-S6 held on 200,000 doorbells", Analysis.CommandLine.Run("check", folder.PathOf("run.parquet")).Output, StringComparison.Ordinal);
        var (source, itself) = (Assert.Single(facts.Sources), Assert.Single(journal.Sources));
        Assert.Equal((itself.Name, itself.Clock, itself.Events), (source.Name, source.Clock, source.Events));
        Assert.Equal(itself.Sees, source.Sees);
    }

    [Fact]
    public async Task What_a_full_buffer_lost_is_counted_and_what_it_kept_is_whole()
    {
        using (var program = new EventSourceProgram(Events, seed: 8, folder.PathOf("journals")))
        {
            // Nobody reads while the events are made: nearly all of them find the buffer full.
            using var session = program.Listen(bufferMegabytes: 1);
            program.Begin();
            Assert.Equal(Events, program.Emitted());
            var copying = CopyTo("run.nettrace", session.EventStream);
            await UntilQuiet("run.nettrace");
            program.End();
            await copying;
        }

        var import = await CaptureCommand.Run("import", folder.PathOf("run.nettrace"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal(ExitCode.RecordingIncomplete, import.Exit);
        var run = folder.PathOf("run.parquet");
        Assert.Equal([Events.ToString(CultureInfo.InvariantCulture)], ParquetRows.Query(CountsOf(run)));
        Assert.NotEqual(["0"], ParquetRows.Query($"SELECT count(*) FROM '{run}' WHERE event = 'loss'"));
        Assert.Equal(["0"], ParquetRows.Query($"SELECT count(*) FROM '{run}' WHERE event = 'loss' AND value IS NULL"));
        Assert.True(ParquetRows.Facts(run).Complete);
        Assert.Equal("0", DifferencesFromJournal()[0].Split('|')[0]);
    }

    [Fact]
    public async Task A_file_without_the_provider_and_a_file_that_is_none_are_told_apart()
    {
        var torn = folder.PathOf("torn.nettrace");
        await File.WriteAllBytesAsync(torn, "Nettrace\u0014\0\0\0!FastSer"u8.ToArray(), TestContext.Current.CancellationToken);
        var import = await CaptureCommand.Run("import", torn, "-o", folder.PathOf("run.parquet"));
        Assert.Equal((ExitCode.InputUnreadable, ""), (import.Exit, import.Output));
        Assert.Contains("torn.nettrace: it cannot be read: ", import.Error, StringComparison.Ordinal);

        using (var program = new EventSourceProgram(10))
        {
            using var session = new Microsoft.Diagnostics.NETCore.Client.DiagnosticsClient(program.Id).StartEventPipeSession(
                [new("Another", System.Diagnostics.Tracing.EventLevel.Verbose)], requestRundown: false);
            var copying = CopyTo("other.nettrace", session.EventStream);
            program.Begin();
            program.Emitted();
            program.End();
            await copying;
        }

        import = await CaptureCommand.Run("import", folder.PathOf("other.nettrace"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal(ExitCode.InputUnreadable, import.Exit);
        Assert.Contains("no event of the provider VirtioTrace is in it", import.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("run.parquet")));
    }

    /// <summary>Events of a run with what its losses say were more of them.</summary>
    internal static string CountsOf(string run)
        => $"SELECT sum(if(event = 'loss', value, 1))::varchar FROM '{run}' WHERE source = 'driver'";

    /// <summary>How many of the imported rows the journal does not have, and how many of the journal's are not imported; losses apart.</summary>
    private List<string> DifferencesFromJournal()
    {
        Recording.Journals.Seal(folder.PathOf("journals"), folder.PathOf("journal.parquet"));
        const string Rows = "SELECT * EXCLUDE (sequence) FROM";
        var (run, journal) = ($"{Rows} '{folder.PathOf("run.parquet")}' WHERE source = 'driver' AND event <> 'loss'", $"{Rows} '{folder.PathOf("journal.parquet")}'");
        return ParquetRows.Query($"SELECT (SELECT count(*) FROM ({run} EXCEPT ALL {journal})), (SELECT count(*) FROM ({journal} EXCEPT ALL {run}))");
    }

    private async Task CopyTo(string name, Stream stream)
    {
        await using var file = File.Create(folder.PathOf(name), bufferSize: 1);
        await stream.CopyToAsync(file, TestContext.Current.CancellationToken);
    }

    /// <summary>The runtime sends what it holds every tenth of a second: when two seconds bring nothing more, it holds nothing.</summary>
    private async Task UntilQuiet(string name)
    {
        const long HeldAtLeast = 100_000;
        var before = -1L;
        for (var length = 0L; length != before || length < HeldAtLeast; length = new FileInfo(folder.PathOf(name)).Length)
        {
            before = length;
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        }
    }
}
