using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Names of files that mean something to somebody else, and places where no file is.</summary>
public sealed class HostilePathTests : IDisposable
{
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("run[1].parquet", "run1.parquet")]
    [InlineData("a*b.parquet", "aXb.parquet")]
    [InlineData("q?.parquet", "qX.parquet")]
    public void A_file_whose_name_is_a_pattern_is_not_taken_for_its_neighbour(string name, string neighbour)
    {
        var bad = run.Write(TestRun.Window + TestRun.Outside, name);
        var good = run.Write(TestRun.Window, neighbour);
        Assert.Equal(0, Check(good));
        Assert.Equal(1, Check(bad));
        Assert.Equal(1, Check(bad, good));
        Assert.Equal("n\n6\n", CommandLine.Run("sql", bad, "select count(*) as n from event", "--format", "csv").Output);
        Assert.Equal(0, CommandLine.Run("validate", bad).ExitCode);
    }

    [Theory]
    [InlineData("~x.parquet")]
    [InlineData("o'quote.parquet")]
    [InlineData("new\nline.parquet")]
    [InlineData("x{a,b}.parquet")]
    [InlineData("back\\slash.parquet")]
    [InlineData("http:/host/x.parquet")]
    [InlineData("ünï 漢.parquet")]
    public void A_file_may_have_any_name(string name) => Assert.Equal(1, Check(run.Write(TestRun.Window + TestRun.Outside, name)));

    [Fact]
    public void A_word_that_begins_with_an_at_sign_is_that_word()
        => Assert.Contains("there is no rule '@nothing'", CommandLine.Run("explain", "@nothing").Error, StringComparison.Ordinal);

    [Fact]
    public void Links_that_lead_in_circles_are_not_followed()
    {
        run.Write(TestRun.Window);
        Directory.CreateSymbolicLink(run.PathOf("one"), run.Folder);
        Directory.CreateSymbolicLink(run.PathOf("two"), run.Folder);
        File.WriteAllText(run.PathOf("mine.sql"), "-- view: mine\nselect 1 as x");
        Assert.Equal(1, CommandLine.Run("check", run.Folder).Output.Split("5 events").Length - 1);
        Assert.Equal(1, CommandLine.Run("check", run.PathOf("**/*.parquet")).Output.Split("5 events").Length - 1);
        Assert.Equal(0, CommandLine.Run("rules", "--rules", run.Folder).ExitCode);
    }

    [Fact]
    public void A_link_to_a_run_is_that_run()
    {
        File.CreateSymbolicLink(run.PathOf("link.parquet"), run.Write(TestRun.Window + TestRun.Outside));
        Assert.Equal(1, Check(run.PathOf("link.parquet")));
    }

    [Fact]
    public void A_pipe_is_no_run_and_nobody_waits_for_it()
    {
        var pipe = Pipes.Make(run.PathOf("pipe.parquet"));
        var check = CommandLine.Run("check", pipe);
        Assert.Equal((4, ""), (check.ExitCode, check.Output));
        Assert.Contains("empty, or no file but a pipe or device; expected a Parquet file", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_no_run()
    {
        File.CreateSymbolicLink(run.PathOf("nowhere.parquet"), run.PathOf("gone.parquet"));
        Assert.Equal(4, CommandLine.Run("check", run.PathOf("nowhere.parquet")).ExitCode);
        Assert.Equal(4, CommandLine.Run("check", run.Folder).ExitCode);
    }

    [Fact]
    public void Rules_in_a_folder_that_may_not_be_read_are_a_wrong_command_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "a privileged user may read everything");
        var closed = Directory.CreateDirectory(run.PathOf("closed")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(closed, UnixFileMode.UserExecute);
        var rules = CommandLine.Run("rules", "--rules", closed);
        Assert.Equal(2, rules.ExitCode);
        Assert.Single(rules.Error.TrimEnd('\n').Split('\n'));
    }

    private static int Check(params string[] files)
        => CommandLine.Run(["check", .. files, .. Fixtures.AsRules, "--select", "TEST-001"]).ExitCode;
}
