using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Reporting;

/// <summary>A report's last line: what was proved, in one sentence, and what was not looked at.</summary>
internal static class ProofSentence
{
    private const int NamedRules = 3;

    public static string Of(RunReport report)
    {
        var clauses = new List<string>();
        Add(clauses, Violated(report), Held(report), Unsure(report), NotVisible(report));
        var sentence = clauses.Count == 0 ? "nothing was judged" : string.Join("; ", clauses);
        return $"{sentence}.";
    }

    private static void Add(List<string> clauses, params string?[] more) => clauses.AddRange(more.OfType<string>());

    private static string? Violated(RunReport report)
    {
        var violated = report.Results.Where(result => result.Verdict == Verdict.Violated).OrderByDescending(result => result.Rule.Level).ToList();
        if (violated.Count == 0) return null;
        var named = violated.Take(NamedRules).Select(result =>
            $"{result.Rule.Id} is violated by {Words.Number(result.Judgement.Total.Violated)} of {Words.Number(result.Judgement.Total.Total)} {result.Rule.Judges}");
        return string.Join(", ", named) + More(violated.Count - NamedRules);
    }

    private static string? Held(RunReport report)
    {
        var held = report.Results.Where(result => result.Verdict == Verdict.Holds && result.Rule.Level == Level.Must)
            .OrderByDescending(result => result.Rule.Id.StartsWith("SWIOTLB-", StringComparison.Ordinal))
            .ThenByDescending(result => result.Judgement.Total.Held)
            .ToList();
        if (held.Count == 0) return "no MUST rule held on anything";
        var named = held.Take(NamedRules).Select((result, index) =>
            $"{result.Rule.Id}{(index == 0 ? " held" : "")} on {Words.Number(result.Judgement.Total.Held)} {result.Rule.Judges}");
        return string.Join(", ", named) + More(held.Count - NamedRules) + (report.Epochs is { } epochs and > 0 ? $" in {Words.Plural(epochs, "epoch")}" : "");
    }

    private static string? Unsure(RunReport report)
    {
        var unsure = report.Results.Count(result => result.Verdict == Verdict.Inconclusive && result.Failure != Failure.NotVisible);
        return unsure == 0 ? null : $"{Words.Plural((ulong)unsure, "rule")} inconclusive";
    }

    private static string? NotVisible(RunReport report)
    {
        var groups = report.Results.Where(result => result.Failure == Failure.NotVisible)
            .GroupBy(result => result.Reason, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ToList();
        if (groups.Count == 0) return null;
        var count = groups.Sum(group => group.Count());
        return $"{Words.Plural((ulong)count, "rule")} not judged here ({groups[0].Key}{(groups.Count > 1 ? ", and the like" : "")})";
    }

    private static string More(int count) => count > 0 ? $" and {Words.Plural((ulong)count, "rule")} more" : "";
}
