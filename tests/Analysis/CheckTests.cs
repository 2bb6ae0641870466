using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>The command `check`: what it ends with, and what it says.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void A_rule_that_holds_ends_with_0_and_says_on_how_many_things()
    {
        var check = Check(run.Write(TestRun.Window));
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.StartsWith("profile swiotlb-rfc1, exemption strict\n", check.Output, StringComparison.Ordinal);
        Assert.EndsWith("TEST-001 held on 3 accesses.\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_violation_ends_with_1_and_shows_what_conflicts_with_what()
    {
        var check = Check(run.Write(TestRun.Window + TestRun.Outside));
        Assert.Equal((1, ""), (check.ExitCode, check.Error));
        Assert.Contains("TEST-001: the device accessed 0x20000, which lies outside its window", check.Output, StringComparison.Ordinal);
        Assert.Contains("this access     #6 @device:4 device/0 dev0/q1 dma_read part=payload address=bus:0x20000 length=16", check.Output, StringComparison.Ordinal);
        Assert.Contains("conflicts with  #2 @platform:2 platform/0 dev0 region_mapped", check.Output, StringComparison.Ordinal);
        Assert.Contains("at fault        the device", check.Output, StringComparison.Ordinal);
        Assert.Contains("clause          test §1", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_are_exact_when_only_the_first_are_shown()
    {
        var check = Check(run.Write(TestRun.Window + string.Concat(Enumerable.Repeat(TestRun.Outside, 10))));
        Assert.Contains("TEST-001: 7 more like these; 10 in all: dev0/q1 10", check.Output, StringComparison.Ordinal);
        Assert.Equal(3, check.Output.Split("this access").Length - 1);
    }

    [Theory]
    [InlineData("never", 0)]
    [InlineData("should", 1)]
    [InlineData("lint", 1)]
    public void The_level_that_fails_is_the_users(string level, int expected)
        => Assert.Equal(expected, Check(run.Write(TestRun.Window + TestRun.Outside), "--fail-on", level).ExitCode);

    [Fact]
    public void Nothing_that_held_ends_with_3()
    {
        var check = Check(run.Write("platform dev0 device_appeared value=2\n"));
        Assert.Equal(3, check.ExitCode);
        Assert.EndsWith("no MUST rule held on anything.\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_rule_that_did_not_hold_ends_with_3_beside_others_that_did()
    {
        var path = run.Write(TestRun.Window);
        Assert.Equal(3, Check(path, "--select", "TEST-002", "--require", "TEST-002").ExitCode);
        Assert.Equal(0, Check(path, "--require", "TEST-001").ExitCode);
    }

    [Fact]
    public void Strict_asks_every_must_rule_to_say_something()
    {
        var path = run.Write(TestRun.Window);
        Assert.Equal(0, Check(path, "--select", "TEST-002").ExitCode);
        Assert.Equal(3, Check(path, "--select", "TEST-002", "--strict").ExitCode);
    }

    [Fact]
    public void A_loss_makes_what_it_touches_unknown_and_ends_with_3()
    {
        var check = Check(run.Write(TestRun.Window + "@platform recorder loss value=7 note=\"buffer full\"\n" + TestRun.Outside));
        Assert.Equal(3, check.ExitCode);
        Assert.Contains("EVENTS ARE MISSING in 1 place", check.Output, StringComparison.Ordinal);
        Assert.Contains("  platform: 7 events behind #2: buffer full", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("this access", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hole_in_a_sources_count_is_a_loss()
    {
        var check = Check(run.Write(TestRun.Window + "@device:9 device dev0/q0 dma_read address=bus:0x10000 length=16\n"));
        Assert.Equal(3, check.ExitCode);
        Assert.Contains("  device: 5 events between #5 and #6: a hole in the source's count", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_without_its_end_is_inconclusive()
        => Assert.Equal(3, Check(run.Write(TestRun.Window, change: facts => facts with { Complete = false })).ExitCode);

    [Fact]
    public void What_no_source_sees_is_not_judged()
    {
        var check = Check(run.Write(TestRun.Window, change: facts => facts with
        {
            Sources = [.. facts.Sources.Select(source => source with { Sees = ["driver.*", "platform.*"] })],
        }));
        Assert.Equal(3, check.ExitCode);
        Assert.Contains("not judged here (no source of this run can see device.dma_read or device.dma_write)", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_is_not_the_runs_is_a_warning_in_the_first_line()
    {
        var check = Check(run.Write(TestRun.Window), "--profile", "virtio-1.4");
        Assert.StartsWith("profile virtio-1.4, exemption ignore; WARNING: the run was recorded for profile swiotlb-rfc1\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_sums_is_judged_and_the_report_says_so()
    {
        var check = Check(run.Write(TestRun.Window, change: facts => facts with { Integrity = null }));
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("WARNING: the file carries no integrity sums", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_judged_apart_and_the_worst_decides()
    {
        var check = Check(run.Write(TestRun.Window, "a/one.parquet"), run.Write(TestRun.Window + TestRun.Outside, "b/two.parquet"));
        Assert.Equal(1, check.ExitCode);
        Assert.Equal(2, check.Output.Split("profile swiotlb-rfc1").Length - 1);
    }

    [Fact]
    public void Folders_and_globs_are_runs_too()
    {
        run.Write(TestRun.Window, "day=1/one.parquet");
        run.Write(TestRun.Window, "day=2/two.parquet");
        Assert.Equal(2, Check(run.Folder).Output.Split("3 accesses").Length - 1);
        Assert.Equal(2, Check(run.PathOf("day=*/*.parquet")).Output.Split("3 accesses").Length - 1);
        Assert.Equal(1, Check(run.PathOf("**/two.parquet")).Output.Split("3 accesses").Length - 1);
    }

    [Fact]
    public void A_missing_part_is_a_loss()
    {
        RunFacts InThree(RunFacts facts, int part) => facts with { Part = part, Parts = 3, RunId = "parted" };
        run.Write(TestRun.Window, "one.parquet", facts => InThree(facts, 1));
        var check = Check(run.Write("#9 @device:9 device dev0/q0 dma_read address=bus:0x10000 length=16\n", "three.parquet", facts => InThree(facts, 3)), run.PathOf("one.parquet"));
        Assert.Equal(3, check.ExitCode);
        Assert.Contains("between #5 and #9: part 2 is missing", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "check" }, "Required argument missing for command: 'check'.")]
    [InlineData(new[] { "check", "x.parquet", "--format", "pdf" }, "Argument 'pdf' not recognized. Must be one of:")]
    [InlineData(new[] { "check", "x.parquet", "--fail-on", "most" }, "Argument 'most' not recognized. Must be one of:")]
    [InlineData(new[] { "check", "x.parquet", "--profile", "none" }, "x.parquet: no such file")]
    [InlineData(new[] { "check", "x.parquet", "--select", "NO-*" }, "--select NO-*: there is no such rule")]
    [InlineData(new[] { "check", "x.parquet", "--timeout", "-1" }, "--timeout: expected seconds above 0")]
    [InlineData(new[] { "dance" }, "dance")]
    public void A_command_line_that_means_nothing_ends_with_2_and_one_line(string[] arguments, string expected)
    {
        var check = CommandLine.Run(arguments);
        Assert.Contains(check.ExitCode, new[] { 2, 4 });
        Assert.Contains(expected, check.Error, StringComparison.Ordinal);
        Assert.Single(check.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal("", check.Output);
    }

    [Fact]
    public void A_report_can_go_into_a_file()
    {
        var path = run.PathOf("report.txt");
        Assert.Equal("", Check(run.Write(TestRun.Window), "-o", path).Output);
        Assert.EndsWith("TEST-001 held on 3 accesses.\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    private static CommandLine Check(params string[] arguments)
        => CommandLine.Run(["check", .. arguments, .. Fixtures.AsRules, "--select", "TEST-001"]);
}
