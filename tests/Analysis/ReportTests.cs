using System.Text.Json;
using Tracing.Analysis;
using Tracing.Analysis.Findings;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>What reports are made of: verdicts, counts, codes, escapes, and the two formats.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(1, 5, 2, Verdict.Violated)]
    [InlineData(0, 5, 2, Verdict.Inconclusive)]
    [InlineData(0, 5, 0, Verdict.Holds)]
    [InlineData(0, 0, 1, Verdict.Inconclusive)]
    [InlineData(0, 0, 0, Verdict.Vacuous)]
    public void A_verdict_follows_from_the_counts(ulong violated, ulong held, ulong unknown, Verdict expected)
        => Assert.Equal(expected, new Count(violated, held, unknown).Verdict);

    [Fact]
    public void The_code_that_says_most_wins_whatever_the_order()
    {
        int[] precedence = [130, 70, 4, 2, 1, 3, 0];
        for (var first = 0; first < precedence.Length; first++)
        {
            for (var second = first; second < precedence.Length; second++)
            {
                var (high, low) = ((ExitCode)precedence[first], (ExitCode)precedence[second]);
                Assert.Equal(high, ExitCodes.Combine(high, low));
                Assert.Equal(high, ExitCodes.Combine(low, high));
            }
        }
    }

    [Theory]
    [InlineData("plain é 漢 😀", "plain é 漢 😀")]
    [InlineData("a\u001b[2J", "a\\u001b[2J")]
    [InlineData("one\ntwo\r", "one\\u000atwo\\u000d")]
    [InlineData("\u009b1m\u007f", "\\u009b1m\\u007f")]
    [InlineData("a\u202eb\u2028c\ufeff", "a\\u202eb\\u2028c\\ufeff")]
    public void Foreign_text_cannot_steer_a_terminal(string text, string expected) => Assert.Equal(expected, Printable.Line(text));

    [Fact]
    public void Half_a_letter_is_escaped() => Assert.Equal("half \\ud83d.", Printable.Line("half \ud83d."));

    [Fact]
    public void A_message_shows_addresses_in_hexadecimal_and_null_as_unknown()
    {
        var thing = new JudgedThing(7, 3, 0, 1, new Dictionary<string, string?> { ["address"] = "4096", ["length"] = "16", ["gone"] = null, ["name"] = "a\u001bb" });
        Assert.Equal(
            "#7 q1 0x1000+16 (0x10) 4096 unknown unknown a\\u001bb",
            Message.Fill("#{sequence} q{queue} {address}+{length} ({length:x}) {address:d} {gone} {missing} {name}", thing));
    }

    [Fact]
    public void The_JSON_report_is_what_its_schema_says()
    {
        var lossy = run.Write(TestRun.Window + TestRun.Outside + "@driver recorder loss value=3\n@driver driver remark\n", "lossy.parquet");
        var check = CommandLine.Run(["check", run.Write(TestRun.Window + TestRun.Outside), lossy, .. Fixtures.AsRules, "--format", "json"]);
        Assert.Equal("", check.Error);
        using var schema = JsonDocument.Parse(Repository.Read("docs", "report.schema.json"));
        using var report = JsonDocument.Parse(check.Output);
        Assert.Empty(new JsonSchema(schema.RootElement).Problems(report.RootElement));
        Assert.Equal(check.ExitCode, report.RootElement.GetProperty("exit_code").GetInt32());
        var rule = report.RootElement.GetProperty("runs")[0].GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == "TEST-001");
        Assert.Equal(1, rule.GetProperty("violated").GetInt32());
        Assert.Equal("131072", rule.GetProperty("findings")[0].GetProperty("columns").GetProperty("address").GetString());
    }

    [Fact]
    public void Both_formats_end_with_the_same_code()
    {
        var path = run.Write(TestRun.Window + TestRun.Outside);
        string[] arguments = ["check", path, .. Fixtures.AsRules, "--select", "TEST-*"];
        Assert.Equal(CommandLine.Run(arguments).ExitCode, CommandLine.Run([.. arguments, "--format", "json"]).ExitCode);
    }

    [Fact]
    public void The_command_of_a_finding_shows_its_row_again()
    {
        var text = CommandLine.Run("check", run.Write(TestRun.Window + TestRun.Outside), "--rules", Fixtures.AsRules[1], "--rules", Fixtures.AsRules[3], "--select", "TEST-001").Output;
        Assert.Contains($"see it again    analyzer check {run.PathOf("run.parquet")} --rules ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_listed_as_text_and_as_JSON()
    {
        var text = CommandLine.Run(["rules", .. Fixtures.AsRules]);
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains(text.Output.Split('\n'), line => line.StartsWith("TEST-001", StringComparison.Ordinal) && line.EndsWith("Every access of the device lies in its window", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(CommandLine.Run(["rules", .. Fixtures.AsRules, "--format", "json"]).Output);
        var rule = json.RootElement.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == "TEST-001");
        Assert.Equal("rule_test_001", rule.GetProperty("view").GetString());
    }

    [Fact]
    public void A_rule_is_explained_in_any_case_with_its_examples()
    {
        var explain = CommandLine.Run(["explain", "test-001", .. Fixtures.AsRules]);
        Assert.Equal(0, explain.ExitCode);
        Assert.Contains("Likely causes\n  A stale address.", explain.Output, StringComparison.Ordinal);
        Assert.Contains("Example: violated: one byte too many", explain.Output, StringComparison.Ordinal);
        Assert.Equal(2, CommandLine.Run("explain", "NONE-1").ExitCode);
    }

    [Fact]
    public void The_list_of_rules_is_what_the_program_prints()
        => Assert.Equal(CommandLine.Run("rules", "--format", "markdown").Output, Repository.Read("docs", "rules.md"));

    [Fact]
    public void The_schema_reference_is_what_the_program_prints()
        => Assert.Equal(CommandLine.Run("schema").Output, Repository.Read("docs", "schema.md"));

    [Fact]
    public void The_C_header_is_what_the_program_prints()
        => Assert.Equal(CommandLine.Run("schema", "--format", "c").Output, Repository.Read("schemas", "virtio_trace.h"));
}
