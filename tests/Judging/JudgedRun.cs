using System.Text.Json;
using Tracing.Tests.Analysis;

namespace Tracing.Tests.Judging;

/// <summary>What <c>analyzer check --format json</c> says of one run.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Rules">The rules judged, by id.</param>
internal sealed record JudgedRun(int ExitCode, IReadOnlyDictionary<string, JudgedRule> Rules)
{
    /// <summary>Checks a run.</summary>
    /// <exception cref="InvalidOperationException">There was no report.</exception>
    public static JudgedRun Of(string file, params string[] options)
    {
        var check = CommandLine.Run(["check", file, "--format", "json", .. options]);
        if (check.Error.Length > 0) throw new InvalidOperationException($"exit code {check.ExitCode}: {check.Error}");
        using var report = JsonDocument.Parse(check.Output);
        var rules = report.RootElement.GetProperty("runs")[0].GetProperty("rules").EnumerateArray().Select(JudgedRule.Read);
        return new JudgedRun(check.ExitCode, rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal));
    }

    /// <summary>The rules with a verdict, in order.</summary>
    public IEnumerable<string> With(string verdict) => Rules.Values.Where(rule => rule.Verdict == verdict).Select(rule => rule.Id);
}

/// <summary>One rule's verdict.</summary>
internal sealed record JudgedRule(
    string Id, string Level, string Verdict, string Failure, ulong Violated, ulong Held, IReadOnlyList<JudgedFinding> Findings)
{
    public static JudgedRule Read(JsonElement rule) => new(
        rule.GetProperty("id").GetString()!,
        rule.GetProperty("level").GetString()!,
        rule.GetProperty("verdict").GetString()!,
        rule.GetProperty("failure").GetString()!,
        rule.GetProperty("violated").GetUInt64(),
        rule.GetProperty("held").GetUInt64(),
        [.. rule.GetProperty("findings").EnumerateArray().Select(finding => new JudgedFinding(
            finding.GetProperty("at_fault").GetString()!,
            finding.GetProperty("access").GetString() ?? "",
            finding.GetProperty("message").GetString()!))]);
}

/// <summary>A finding: who is at fault, at which event.</summary>
internal sealed record JudgedFinding(string AtFault, string Access, string Message);
