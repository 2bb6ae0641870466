using System.Globalization;
using Tracing.Capture.Cli;
using Tracing.Capture.Simulation;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>Recordings that end before their time: killed, interrupted, out of room.</summary>
public sealed class KilledRecordingTests
{
    private const int EnoughEvents = 5_000;
    private const int LatestKill = 40_000;
    private static readonly string[] longRun = ["--seed", "5", "--set", "requests=60000", "--set", "block-size=4096"];

    [Fact]
    public async Task A_killed_recording_gives_an_exact_prefix_with_every_event_it_had_counted()
    {
        for (var kill = 0; kill < TestScale.Kills; kill++)
        {
            using var folder = new TemporaryFolder();
            var journals = folder.PathOf("journals");
            var told = await RecordAndKill(journals, folder.PathOf("never.parquet"), new Random(kill).Next(1, LatestKill));
            var target = folder.PathOf("recovered.parquet");
            using var error = new StringWriter();

            var exit = RecoverCommand.Run([journals], target, TextWriter.Null, error, CancellationToken.None);

            Assert.Equal(ExitCode.Success, exit);
            Assert.Contains("the recording did not come to its end", error.ToString(), StringComparison.Ordinal);
            var facts = ParquetRows.Facts(target);
            Assert.False(facts.Complete);
            foreach (var (source, count) in told)
                Assert.True(facts.Sources.Single(entry => entry.Name == source).Events >= count, $"kill {kill}: {source} told of {count}");
            AssertPrefix(target, facts);
            AssertInconclusive(target);
        }
    }

    [Fact]
    public async Task An_interrupted_recording_seals_what_there_is_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var target = folder.PathOf("run.parquet");
        string[] arguments = ["record", "-o", target, "--progress-to", "/dev/stdout", .. longRun];
        using var child = CaptureProgram.Start(arguments);
        await CountsUntil(child.StandardOutput, EnoughEvents);

        Interrupt(child.Id);
        var error = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.Cancelled, child.ExitCode);
        Assert.Contains("interrupted", error, StringComparison.Ordinal);
        var facts = ParquetRows.Facts(target);
        Assert.False(facts.Complete);
        Assert.True(facts.Integrity!.Rows >= EnoughEvents);
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_recording_that_runs_out_of_room_says_what_it_lost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits on file sizes are set with ulimit");
        using var folder = new TemporaryFolder();
        var target = folder.PathOf("run.parquet");

        var (exit, _, error) = CaptureProgram.Run("-f 3000", "record", "-o", target, "--set", "requests=800", "--set", "block-size=4096");

        Assert.True(exit == (int)ExitCode.RecordingIncomplete, error);
        Assert.Contains("incomplete", error, StringComparison.Ordinal);
        var losses = ParquetRows.Read(target).Where(row => row.Kind == EventKind.Loss).ToList();
        Assert.NotEmpty(losses);
        Assert.All(losses, loss => Assert.Contains("no room", loss.Note, StringComparison.Ordinal));
        Assert.All(losses, loss => Assert.True(loss[Column.Value] > 0));
    }

    /// <summary>Kills a recording once it has told of so many events; what it told at last.</summary>
    private static async Task<Dictionary<string, ulong>> RecordAndKill(string journals, string target, int events)
    {
        using var child = CaptureProgram.Start(
            ["record", "-o", target, "--keep-journals", journals, "--progress-to", "/dev/stdout", .. longRun]);
        var told = await CountsUntil(child.StandardOutput, (ulong)events);
        child.Kill();
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line.Contains('=', StringComparison.Ordinal))
        {
            // A line cut short by the kill tells less, never more.
            told = Counts(line, told);
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(target));
        return told;
    }

    /// <summary>A run without its end proves nothing of what would have come, and breaks no rule by that.</summary>
    private static void AssertInconclusive(string recovered)
    {
        var check = Analysis.CommandLine.Run("check", recovered);
        Assert.Equal((3, ""), (check.ExitCode, check.Error));
        Assert.Contains("the recording did not come to its end", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("violated by", check.Output.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, ulong>> CountsUntil(StreamReader output, ulong events)
    {
        var counts = new Dictionary<string, ulong>();
        while (counts.Values.Aggregate(0UL, (sum, count) => sum + count) < events)
        {
            var line = await output.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            counts = Counts(line, counts);
        }

        return counts;
    }

    private static Dictionary<string, ulong> Counts(string line, Dictionary<string, ulong> before)
    {
        var counts = new Dictionary<string, ulong>(before);
        foreach (var word in line.Split(' '))
        {
            if (word.Split('=') is [var source, var text] && ulong.TryParse(text, CultureInfo.InvariantCulture, out var count))
                counts[source] = Math.Max(count, counts.GetValueOrDefault(source));
        }

        return counts;
    }

    /// <summary>The same run again, in memory: what was recovered is how it begins.</summary>
    private static void AssertPrefix(string recovered, RunFacts facts)
    {
        var scenario = Catalog.Scenarios.Single(candidate => candidate.Name == Scenario.DefaultName);
        var arguments = Arguments.TryParse("", scenario.Parameters, ["requests=60000", "block-size=4096"], out _)!;
        using var enough = new CancellationTokenSource();
        var sources = facts.Sources.ToDictionary(source => source.Name, source => new MemorySink((int)source.Events));
        var run = new RunContext(5, arguments, [], (name, _) => sources[name], enough.Token);
        foreach (var sink in sources.Values)
        {
            sink.Full = () =>
            {
                if (sources.Values.All(other => other.IsFull)) enough.Cancel();
            };
        }

        Assert.ThrowsAny<OperationCanceledException>(() => scenario.Run(run));
        var rows = ParquetRows.Read(recovered);

        // Virtual time ticks once an event of any source: no source has lost what another one has seen happen later.
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long?)number), rows.Select(row => row.TimeNs));
        foreach (var group in rows.GroupBy(row => row.Source!))
        {
            Assert.Equal(sources[group.Key].Events, group.OrderBy(row => row[Column.Sequence]).Select(row =>
            {
                (row.Source, row.TimeNs) = (null, null);
                row[Column.Sequence] = null;
                row[Column.SourceSequence] = null;
                return EventText.Format(row);
            }));
        }
    }

    /// <summary>By SIGTERM: what a shell starts in the background ignores SIGINT, and so do its children.</summary>
    private static void Interrupt(int process)
    {
        using var kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -TERM {process}"]);
        kill.WaitForExit();
    }

    /// <summary>Keeps the first events as text.</summary>
    private sealed class MemorySink(int capacity) : IEventSink
    {
        public List<string> Events { get; } = [];

        public Action? Full { get; set; }

        public bool IsFull => Events.Count >= capacity;

        public void Write(in EventRecord record, string? note = null)
        {
            if (!IsFull) Events.Add(Journals.Text(in record, note));
            if (IsFull) Full?.Invoke();
        }
    }
}
