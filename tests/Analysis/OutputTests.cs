using System.CommandLine;
using System.Security.Cryptography;
using Tracing.Analysis.Cli;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Where output goes, and what must not be written over; and errors that nobody expected.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TestRun run = new();

    public static TheoryData<string[]> Writers => new(["check"], ["show"], ["sql", "from event"]);

    public void Dispose() => run.Dispose();

    [Theory]
    [MemberData(nameof(Writers))]
    public void The_run_is_not_written_over(string[] words)
    {
        var path = run.Write(TestRun.Window);
        var before = SHA256.HashData(File.ReadAllBytes(path));
        var link = run.PathOf("link.parquet");
        File.CreateSymbolicLink(link, path);
        foreach (var output in new[] { path, link, Path.Combine(run.Folder, ".", "run.parquet") })
        {
            var written = Write(words, path, output);
            Assert.Equal((2, ""), (written.ExitCode, written.Output));
            Assert.Contains("this is the run itself", written.Error, StringComparison.Ordinal);
            Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(path)));
        }

        Assert.Contains("this is the run itself", Write(words, link, path).Error, StringComparison.Ordinal);
        Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(path)));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_file_without_a_name_is_a_wrong_command_line(string[] words)
    {
        var written = Write(words, run.Write(TestRun.Window), "");
        Assert.Equal((2, "analyzer: -o: expected the name of a file\n"), (written.ExitCode, written.Error));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task A_pipe_gets_the_output_and_stays_a_pipe(string[] words)
    {
        var pipe = Pipes.Make(run.PathOf("pipe"));
        var reading = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        var written = Write(words, run.Write(TestRun.Window), pipe);
        Assert.Equal((0, "", ""), (written.ExitCode, written.Output, written.Error));
        Assert.NotEqual("", await reading);
        Assert.False(File.Exists(pipe + ".unfinished"));
        Assert.Equal(0, new FileInfo(pipe).Length);
    }

    [Fact]
    public void A_link_is_written_through()
    {
        var (target, link) = (run.PathOf("target.txt"), run.PathOf("link.txt"));
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(0, CommandLine.Run("show", run.Write(TestRun.Window), "-o", link).ExitCode);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.StartsWith("#1 ", File.ReadAllText(target), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_file_that_never_ends_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no endless file");
        var path = run.Write(TestRun.Window);
        Assert.Equal(2, CommandLine.Run("sql", path, "-f", "/dev/zero").ExitCode);
        Assert.Equal(2, CommandLine.Run("rules", "--rules", "/dev/zero").ExitCode);
        Assert.Equal(2, CommandLine.Run("sql", path, "-f", "").ExitCode);
        Assert.Equal(2, CommandLine.RunWith(new string(' ', 3 << 20), "sql", path).ExitCode);
    }

    [Fact]
    public async Task A_query_may_come_through_a_pipe()
    {
        var pipe = Pipes.Make(run.PathOf("query"));
        var writing = Task.Run(() => File.WriteAllText(pipe, "select 7 as n"), TestContext.Current.CancellationToken);
        Assert.Equal("n\n7\n", CommandLine.Run("sql", run.Write(TestRun.Window), "-f", pipe, "--format", "csv").Output);
        await writing;
    }

    [Fact]
    public void What_may_be_said_instead_stands_on_the_same_line()
        => Assert.Equal(
            "analyzer: Argument 'pdf' not recognized. Must be one of: 'text' 'json' (see 'analyzer --help')\n",
            CommandLine.Run("check", "x.parquet", "--format", "pdf").Error);

    [Fact]
    public async Task An_error_that_nobody_expected_is_one_line_and_exit_code_70()
    {
        using var error = new StringWriter();
        var console = new Terminal(TextReader.Null, TextWriter.Null, error, () => Stream.Null, HasKeyboard: false);
        var exit = await Application.Handle(console, (_, _) => throw new KeyNotFoundException("one\ntwo"))(new RootCommand().Parse([]), CancellationToken.None);
        Assert.Equal((70, "analyzer: internal error: KeyNotFoundException: one\n"), (exit, error.ToString()));
    }

    [Fact]
    public async Task Where_nothing_can_be_said_the_exit_code_still_says_it()
    {
        using var full = new FullWriter();
        var console = new Terminal(TextReader.Null, TextWriter.Null, full, () => Stream.Null, HasKeyboard: false);
        Assert.Equal(2, await Application.RunAsync(["dance"], console));
        Assert.Equal(2, await Application.RunAsync(["explain", "none"], console));
    }

    private static CommandLine Write(string[] words, string path, string output) => CommandLine.Run([words[0], path, .. words[1..], "-o", output]);

    private sealed class FullWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
