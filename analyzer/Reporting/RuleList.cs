using System.Text;
using System.Text.Json;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Reporting;

/// <summary>The catalogue for people and for programs.</summary>
internal static class RuleList
{
    /// <summary>A line a rule.</summary>
    public static void WriteText(IReadOnlyList<Rule> rules, TextWriter output)
    {
        if (rules.Count == 0) return;
        var width = rules.Max(rule => rule.Id.Length);
        foreach (var rule in rules)
            output.WriteLine($"{rule.Id.PadRight(width)}  {Words.Of(rule.Level),-6}  {Words.Of(rule.Side),-8}  {Printable.Line(rule.Title)}");
    }

    /// <summary>A page with a table for each area; docs/rules.md is its output for the built-in rules.</summary>
    public static void WriteMarkdown(IReadOnlyList<Rule> rules, TextWriter output)
    {
        output.WriteLine("# Rules");
        output.WriteLine();
        output.WriteLine("Made by `analyzer rules --format markdown` from the files under queries/invariants; a test fails when it is stale.");
        output.WriteLine("`analyzer explain RULE` says why, what causes it, and what to look at.");
        foreach (var area in rules.GroupBy(rule => rule.Area))
        {
            output.WriteLine();
            output.WriteLine($"## {Cell(area.Key)}");
            output.WriteLine();
            output.WriteLine("| rule | level | binds | what must hold | clause |");
            output.WriteLine("|---|---|---|---|---|");
            foreach (var rule in area)
            {
                var also = rule.Also.Count == 0 ? "" : $" (also {string.Join(", ", rule.Also)})";
                var level = Words.Of(rule.Level) + (rule.IsNormative ? "" : ", inferred");
                output.WriteLine($"| {Cell(rule.Id + also)} | {level} | {Words.Of(rule.Side)} | {Cell(rule.Title)} | {Cell(rule.Spec)} |");
            }
        }
    }

    private static string Cell(string text) => Printable.Line(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>An array of all that headers say.</summary>
    public static void WriteJson(IReadOnlyList<Rule> rules, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("rules_version", "1.0");
            json.WriteStartArray("rules");
            foreach (var rule in rules) Write(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("title", rule.Title);
        json.WriteString("area", rule.Area);
        json.WriteString("level", Words.Of(rule.Level));
        json.WriteString("side", Words.Of(rule.Side));
        json.WriteString("clause", rule.Spec);
        json.WriteString("row", rule.Row);
        Write(json, "also", rule.Also);
        Write(json, "profiles", rule.Profiles);
        json.WriteString("precision", rule.IsExact ? "exact" : "heuristic");
        json.WriteString("basis", rule.IsNormative ? "normative" : "inferred");
        Write(json, "needs", [.. rule.Needs.Select(need => need.ToString())]);
        json.WriteString("judges", rule.Judges);
        json.WriteString("message", rule.Message);
        json.WriteString("view", RuleView.NameOf(rule));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Everything that a rule's file says, examples included.</summary>
    public static void Explain(Rule rule, TextWriter output)
    {
        output.WriteLine($"{rule.Id}: {Printable.Line(rule.Title)}");
        output.WriteLine();
        Write(output, "level", Words.Of(rule.Level) + (rule.IsNormative ? "" : ", inferred from what the clauses demand"));
        Write(output, "binds", $"the {Words.Of(rule.Side)}");
        Write(output, "clause", Printable.Line(rule.Spec));
        Write(output, "catalogue", string.Join(", ", rule.Also.Prepend(rule.Row).Select(Printable.Line)));
        Write(output, "profiles", rule.Profiles.Count == 0 ? "all" : string.Join(", ", rule.Profiles.Select(Printable.Line)));
        Write(output, "precision", rule.IsExact ? "exact" : "heuristic: it may be wrong");
        Write(output, "needs to see", rule.Needs.Count == 0 ? "anything" : string.Join(", and ", rule.Needs));
        Write(output, "judges", $"{Printable.Line(rule.Judges)}; see them with: analyzer sql RUN 'from {RuleView.NameOf(rule)}'");
        Write(output, "file", Printable.Line(rule.File));
        foreach (var (title, text) in rule.Prose)
        {
            output.WriteLine();
            output.WriteLine(Printable.Line(title));
            foreach (var line in text.Split('\n')) output.WriteLine($"  {Printable.Line(line)}");
        }

        foreach (var example in rule.Examples) WriteExample(example, output);
    }

    private static void WriteExample(Example example, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Example: {Words.Of(example.Expectation)}{(example.Title.Length > 0 ? $": {Printable.Line(example.Title)}" : "")}");
        if (example.Given is { } given) output.WriteLine($"  after the events of {Printable.Line(given)}:");
        foreach (var row in example.Events) output.WriteLine($"  {Printable.Line(EventText.Format(row))}");
    }

    private static void Write(TextWriter output, string name, string value) => output.WriteLine($"  {name,-13} {value}");
}
