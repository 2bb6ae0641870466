using System.Text.Json;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>A rule that was judged and is inconclusive says why: what cannot be told, what that may come from, how to see it.</summary>
public sealed class DoubtTests : IDisposable
{
    private const string Known = """
        driver dev0 register_write register_name=device_status address=bar:0x14 value=0
        driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
        driver dev0 register_write register_name=device_status address=bar:0x14 value=15
        driver dev0/q0 doorbell value=0 width=2 address=bar:0x1000

        """;

    private const string Unknown = Known + "driver dev0/q0 doorbell value=0\n";
    private const string BehindLoss = "@driver recorder loss value=3\ndriver dev0/q1 doorbell value=1 width=2 address=bar:0x1000\n";

    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void What_cannot_be_told_comes_with_its_first_event_and_what_it_may_be()
    {
        var report = Check(Unknown, "NOTIF-001");

        Assert.Contains("NOTIF-001: 1 of 2 doorbell widths cannot be told\n", report, StringComparison.Ordinal);
        Assert.Matches(@"\n  the first       #5 .*driver/0 dev0/q0 doorbell value=0\n", report);
        Assert.Contains("\n  it may be       the feature word was not seen; the width was not recorded; ", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_command_shows_what_cannot_be_told_and_nothing_else()
    {
        var path = run.Write(Unknown);
        var report = CommandLine.Run("check", path, "--select", "NOTIF-001").Output;
        const string Query = "from rule_notif_001 where violated is null";
        Assert.Contains($"\n  see them        analyzer sql {path} '{Query}'\n", report, StringComparison.Ordinal);

        using var row = JsonDocument.Parse(CommandLine.Run("sql", path, Query, "--format", "jsonl").Output);
        Assert.Equal(5, row.RootElement.GetProperty("sequence").GetInt32());
    }

    [Fact]
    public void Many_causes_are_cut_and_the_rest_is_a_command_away()
    {
        var report = Check("driver dev0/q0 store part=available_index address=bus:0x1002 length=2 value=1\n", "ORDER-S1");

        var causes = report.Split('\n').Single(line => line.StartsWith("  it may be", StringComparison.Ordinal));
        Assert.Equal(4, causes.Split(';').Length);
        Assert.EndsWith(" more: analyzer explain ORDER-S1", causes, StringComparison.Ordinal);
    }

    [Fact]
    public void Causes_about_events_like_the_first_come_first()
    {
        var mapping = run.Write(
            """
            platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
            driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
            driver dev0/q0 doorbell register_offset=0x0 width=2 value=0

            """,
            change: facts => facts with
            {
                Sources = [.. facts.Sources.Select(source => source with { Sees = ["driver.map", "driver.unmap", "driver.doorbell", "driver.register_write", "platform.region_mapped"] })],
            });

        Assert.Contains(
            "\n  it may be       word 1 was never written, and so nobody knows what bit 27 is; without ACCESS_PLATFORM nothing is mapped, and what is passed is not seen; ",
            CommandLine.Run("check", mapping, "--select", "SWIOTLB-003b").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_lost_events_alone_make_unsure_share_a_line()
    {
        var report = Check(Known + BehindLoss, "NOTIF-001");

        Assert.Contains("\nwhat they judge touches lost events: NOTIF-001\n", report, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be told", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_events_are_counted_apart()
        => Assert.Contains(
            "2 of 3 doorbell widths cannot be told, 1 of them for lost events\n", Check(Unknown + BehindLoss, "NOTIF-001"), StringComparison.Ordinal);

    [Fact]
    public void A_rule_that_holds_has_no_doubt()
        => Assert.DoesNotContain("cannot be told", Check(Known, "NOTIF-001"), StringComparison.Ordinal);

    [Fact]
    public void JSON_has_the_same_reason()
    {
        using var report = JsonDocument.Parse(CommandLine.Run("check", run.Write(Unknown), "--select", "NOTIF-001", "--format", "json").Output);
        var rule = report.RootElement.GetProperty("runs")[0].GetProperty("rules")[0];
        Assert.StartsWith(
            "1 of 2 doorbell widths cannot be told; it may be: the feature word was not seen; ", rule.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private string Check(string events, string rules) => CommandLine.Run("check", run.Write(events), "--select", rules).Output;
}
