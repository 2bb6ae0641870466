using System.Globalization;
using Tracing.Analysis.Findings;
using Tracing.Schemas;

namespace Tracing.Analysis.Reporting;

/// <summary>
/// The report for people, in the manner of a good sanitizer: what happened, with what it conflicts, whose fault it is, which
/// clause says so, and the command that shows it again; then a table of all rules and one sentence of what was proved.
/// </summary>
internal static class TextReport
{
    public static void Write(Report report, TextWriter output)
    {
        foreach (var run in report.Runs) WriteRun(run, output);
    }

    private static void WriteRun(RunReport run, TextWriter output)
    {
        var contradictions = string.Concat(run.Warnings.Select(warning => $"; WARNING: {warning}"));
        output.WriteLine($"profile {run.Profile.Name}, exemption {run.Exemption}{contradictions}");
        output.WriteLine($"{string.Join(' ', run.Files.Select(Printable.Line))}: {Words.Plural(run.Events, "event")} of "
            + $"{Words.Plural((ulong)run.Facts.Sources.Count, "source")}, recorded by {Printable.Short(run.Facts.Producer)}");
        output.WriteLine();
        WriteLosses(run, output);
        foreach (var result in run.Results.Where(result => result.Findings.Count > 0)) WriteFindings(result, output);
        WriteFailures(run, output);
        WriteDoubts(run, output);
        WriteTable(run, output);
        WriteSilent(run, output);
        output.WriteLine(ProofSentence.Of(run));
    }

    private static void WriteLosses(RunReport run, TextWriter output)
    {
        if (run.LossCount == 0) return;
        output.WriteLine($"EVENTS ARE MISSING in {Words.Plural(run.LossCount, "place")}; what touches them is unknown:");
        foreach (var loss in run.Losses)
        {
            var count = loss.Count is { } known ? Words.Plural(known, "event") : "an unknown number of events";
            var place = loss.Before is { } before ? $"between #{loss.After} and #{before}" : $"behind #{loss.After}";
            output.WriteLine($"  {Printable.Short(loss.Source)}: {count} {place}: {Printable.Short(loss.Reason)}");
        }

        if (run.LossCount > (ulong)run.Losses.Count) output.WriteLine($"  and {Words.Number(run.LossCount - (ulong)run.Losses.Count)} more");
        output.WriteLine();
    }

    private static void WriteFindings(RuleResult result, TextWriter output)
    {
        var rule = result.Rule;
        foreach (var finding in result.Findings)
        {
            output.WriteLine($"{rule.Id}: {finding.Message}");
            WriteField(output, "this access", finding.Access ?? "(the rule names no event)");
            if (finding.ConflictsWith is { } conflict) WriteField(output, "conflicts with", conflict);
            WriteField(output, "at fault", $"the {finding.AtFault}{(finding.Confinement is { } how ? $"; confinement {how}" : "")}");
            WriteField(output, "rule", $"{Words.Of(rule.Level)}{(rule.IsNormative ? "" : ", inferred")}{(rule.IsExact ? "" : ", heuristic")}: {Printable.Line(rule.Title)}");
            WriteField(output, "clause", Printable.Line(rule.Spec));
            WriteField(output, "see it again", finding.Reproducer);
            output.WriteLine();
        }

        var more = result.Judgement.Total.Violated - (ulong)result.Findings.Count;
        if (more == 0) return;
        output.WriteLine($"{rule.Id}: {Words.Number(more)} more like these; {Words.Number(result.Judgement.Total.Violated)} in all: "
            + string.Join(", ", result.Judgement.Groups.Where(group => group.Count.Violated > 0).Take(8)
                .Select(group => $"{Words.Place(group.Device, group.Queue)} {Words.Number(group.Count.Violated)}")));
        output.WriteLine();
    }

    private static void WriteField(TextWriter output, string name, string value) => output.WriteLine($"  {name,-15} {value}");

    private static void WriteFailures(RunReport run, TextWriter output)
    {
        var failed = run.Results.Where(result => result.Failure is Failure.Internal or Failure.Refused or Failure.Failed or Failure.TimedOut).ToList();
        foreach (var result in failed) output.WriteLine($"{result.Rule.Id}: {result.Reason}");
        if (failed.Count > 0) output.WriteLine();
    }

    /// <summary>What was judged and cannot be told, unless it is for lost events alone.</summary>
    private static void WriteDoubts(RunReport run, TextWriter output)
    {
        foreach (var result in run.Results)
        {
            if (result.Doubt is not { Reproducer: { } reproducer } doubt) continue;
            output.WriteLine($"{result.Rule.Id}: {doubt.Reason}");
            if (doubt.First is { } first) WriteField(output, "the first", first);
            if (doubt.Causes.Count > 0) WriteField(output, "it may be", string.Join("; ", doubt.Causes));
            WriteField(output, "see them", reproducer);
            output.WriteLine();
        }
    }

    private static void WriteTable(RunReport run, TextWriter output)
    {
        var rows = run.Results.Where(result => result.Judgement.Total.Total > 0).ToList();
        if (rows.Count == 0) return;
        var width = Math.Max(4, rows.Max(result => result.Rule.Id.Length));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"rule".PadRight(width)}  {"level",-6}  {"verdict",-12}  {"violated",11}  {"held",13}  {"unknown",11}  judged"));
        foreach (var result in rows)
        {
            var total = result.Judgement.Total;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{result.Rule.Id.PadRight(width)}  {Words.Of(result.Rule.Level),-6}  {Words.Of(result.Verdict),-12}  {Words.Number(total.Violated),11}  ")
                + $"{Words.Number(total.Held),13}  {Words.Number(total.Unknown),11}  {Printable.Line(result.Rule.Judges)}");
        }

        output.WriteLine();
    }

    /// <summary>The rules of which nothing more is to be said than the reason why they say nothing.</summary>
    private static void WriteSilent(RunReport run, TextWriter output)
    {
        var silent = run.Results.Where(result => result.Failure == Failure.NotVisible
            || (result.Failure == Failure.None && (result.Judgement.Total.Total == 0 || result.Doubt is { Reproducer: null }))).ToList();
        foreach (var group in silent.GroupBy(result => result.Reason ?? result.Doubt?.Reason ?? "nothing to judge", StringComparer.Ordinal))
            output.WriteLine($"{group.Key}: {string.Join(", ", group.Select(result => result.Rule.Id))}");
        if (silent.Count > 0) output.WriteLine();
    }
}
