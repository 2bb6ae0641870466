using System.Buffers.Binary;
using Tracing.Capture.Cli;
using Tracing.Journals;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary><c>capture recover</c> of what no recorder left behind: one line, or a run that the analyzer reads.</summary>
public sealed class HostileRecoverTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_journal_is_not_written_over_by_its_own_run()
    {
        var journal = Write("driver.journal", Journals.Facts("driver"));
        var before = File.ReadAllBytes(journal);
        File.CreateSymbolicLink(folder.PathOf("link"), journal);
        foreach (var target in new[] { journal, folder.PathOf("link"), folder.PathOf("./driver.journal") })
        {
            var recover = await CaptureCommand.Run("recover", folder.Path, "-o", target);
            Assert.Equal(ExitCode.RecordingIncomplete, recover.Exit);
            Assert.Contains("it is one of the journals", recover.Error, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(journal));
        }
    }

    [Fact]
    public async Task A_journal_named_twice_is_one_journal()
    {
        Write("driver.journal", Journals.Facts("driver"));
        var recover = await Recover(folder.Path, folder.PathOf("driver.journal"), folder.PathOf("."));
        Assert.Equal((ExitCode.Success, ""), (recover.Exit, recover.Error));
        Assert.Equal(["driver"], ParquetRows.Facts(folder.PathOf("run.parquet")).Sources.Select(source => source.Name));
    }

    [Fact]
    public async Task A_pipe_is_no_journal_and_nobody_waits_for_it()
    {
        var recover = await Recover(Pipes.Make(folder.PathOf("pipe.journal")));
        Assert.Equal(ExitCode.InputUnreadable, recover.Exit);
        Assert.Contains("empty, or no file but a pipe or device; expected a journal", recover.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_may_not_be_read_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "a privileged user may read everything");
        var journal = Write("driver.journal", Journals.Facts("driver"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(journal, UnixFileMode.None);
        var recover = await Recover(folder.Path);
        Assert.Equal(ExitCode.InputUnreadable, recover.Exit);
        Assert.Contains(journal, recover.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_named_like_a_journal_is_none()
    {
        Directory.CreateDirectory(folder.PathOf("x.journal"));
        Assert.Equal(ExitCode.InputUnreadable, (await Recover(folder.Path)).Exit);
        Assert.Equal(ExitCode.InputUnreadable, (await Recover(folder.PathOf("none"))).Exit);
    }

    [Theory]
    [InlineData("a\u001b[2Jb\nc")]
    [InlineData("it's \"quoted\"")]
    [InlineData("<virtio_trace.sources to come>")]
    [InlineData("漢字 😀")]
    public async Task A_source_may_have_any_name(string name)
    {
        Write("one.journal", Journals.Facts(name));
        Write("two.journal", Journals.Facts(name) with { Producer = name });
        var recover = await Recover(folder.Path);
        Assert.Equal((ExitCode.Success, ""), (recover.Exit, recover.Error));
        Assert.Single(recover.Output.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain('\u001b', recover.Output);
        Assert.Equal([name, $"{name}-2"], ParquetRows.Facts(folder.PathOf("run.parquet")).Sources.Select(source => source.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0, Analysis.CommandLine.Run("validate", folder.PathOf("run.parquet")).ExitCode);
    }

    [Fact]
    public async Task A_header_that_would_make_an_unreadable_run_is_refused()
    {
        var proper = Journals.Facts("driver");
        var source = proper.Sources[0];
        RunFacts[] hostile =
        [
            proper with { Sources = [source with { Name = "" }] },
            proper with { Sources = [source with { Name = "a\0b" }] },
            proper with { Sources = [source with { Sees = [null!] }] },
            proper with { Sources = [source with { Sees = ["a\0"] }] },
            proper with { Sources = [source with { Clock = source.Clock with { Name = null! } }] },
            proper with { Assumes = [null!] },
            proper with { Part = 5, Parts = 2 },
            proper with { SchemaVersion = "2.0" },
        ];
        foreach (var facts in hostile)
        {
            File.Delete(folder.PathOf("driver.journal"));
            Write("driver.journal", facts);
            var recover = await Recover(folder.Path);
            Assert.Equal((ExitCode.InputUnreadable, ""), (recover.Exit, recover.Output));
            Assert.Single(recover.Error.TrimEnd('\n').Split('\n'));
        }
    }

    [Fact]
    public async Task Clocks_at_their_ends_make_a_run_that_is_valid()
    {
        var extremes = new[] { long.MinValue, -1, 0, long.MaxValue };
        for (var index = 0; index < extremes.Length; index++)
        {
            var clock = new ClockFacts("odd", extremes[index], extremes[^(index + 1)], index == 2 ? null : extremes[index]);
            Write($"source-{index}.journal", Journals.Facts($"source-{index}", clock));
        }

        var recover = await Recover(folder.Path);
        Assert.Equal((ExitCode.Success, ""), (recover.Exit, recover.Error));
        Assert.Equal(0, Analysis.CommandLine.Run("validate", folder.PathOf("run.parquet")).ExitCode);
        Assert.Equal(0, Analysis.CommandLine.Run("summary", folder.PathOf("run.parquet")).ExitCode);
    }

    [Fact]
    public async Task Random_damage_makes_a_run_that_is_valid_or_one_line()
    {
        var proper = File.ReadAllBytes(Write("driver.journal", Journals.Facts("driver"), randomEvents: 600));
        for (var seed = 0; seed < 5 * TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])proper.Clone();
            var end = seed % 2 == 0 ? bytes.Length : random.Next(bytes.Length);
            for (var change = 1 + random.Next(40); change > 0; change--)
                bytes[random.Next(8) == 0 ? random.Next(JournalFormat.TextOffset) : random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(folder.PathOf("driver.journal"), bytes[..end]);

            var recover = await Recover(folder.Path);

            if (recover.Exit == ExitCode.InputUnreadable)
            {
                Assert.Single(recover.Error.TrimEnd('\n').Split('\n'));
                continue;
            }

            Assert.True(recover.Exit is ExitCode.Success or ExitCode.RecordingIncomplete, $"seed {seed}: {recover}");
            var validate = Analysis.CommandLine.Run("validate", folder.PathOf("run.parquet"));
            Assert.True(validate.ExitCode == 0, $"seed {seed}: {validate.Output}{validate.Error}");
        }
    }

    [Fact]
    public async Task Lengths_beyond_all_measure_are_refused()
    {
        var path = Write("driver.journal", Journals.Facts("driver"));
        var proper = File.ReadAllBytes(path);
        foreach (var field in new[] { 12, 16, 24, 28 })
        {
            var bytes = (byte[])proper.Clone();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(field), uint.MaxValue);
            File.WriteAllBytes(path, bytes);
            Assert.Equal(ExitCode.InputUnreadable, (await Recover(path)).Exit);
        }
    }

    private Task<CaptureCommand> Recover(params string[] journals) => CaptureCommand.Run(["recover", .. journals, "-o", folder.PathOf("run.parquet")]);

    /// <summary>Writes a journal of remarks, or of random events.</summary>
    private string Write(string name, RunFacts facts, int randomEvents = 0)
    {
        var path = folder.PathOf(name);
        using var journal = new JournalWriter<VirtualClock>(path, facts, new VirtualClock(new VirtualTime()), JournalFormat.MinSegmentBytes);
        Journals.Fill(journal, randomEvents, seed: 7);
        for (var index = 0; index < 5; index++) journal.Write(new EventRecord(EventKind.Remark, Actor.Driver, thread: 0), "a remark");
        journal.Complete();
        return path;
    }
}
