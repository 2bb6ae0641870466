using System.Text;
using System.Text.Json;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Reporting;

/// <summary>
/// The report for programs; docs/report.schema.json describes it. What is there stays: a new minor version adds members,
/// a new major version may change them.
/// </summary>
internal static class JsonReport
{
    /// <summary>The version of the format.</summary>
    public const string Version = "1.0";

    public static void Write(Report report, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("report_version", Version);
            json.WriteNumber("exit_code", (int)report.ExitCode);
            json.WriteStartArray("runs");
            foreach (var run in report.Runs) WriteRun(json, run);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteRun(Utf8JsonWriter json, RunReport run)
    {
        json.WriteStartObject();
        WriteTexts(json, "files", run.Files);
        json.WriteString("run_id", run.Facts.RunId);
        json.WriteString("producer", run.Facts.Producer);
        json.WriteString("profile", run.Profile.Name);
        json.WriteString("exemption", run.Exemption);
        json.WriteNumber("events", run.Events);
        WriteNumber(json, "epochs", run.Epochs);
        json.WriteBoolean("integrity_checked", run.IsIntegrityChecked);
        WriteTexts(json, "warnings", run.Warnings);
        WriteLosses(json, run);
        json.WriteStartArray("rules");
        foreach (var result in run.Results) WriteResult(json, result);
        json.WriteEndArray();
        json.WriteString("summary", ProofSentence.Of(run));
        json.WriteEndObject();
    }

    private static void WriteLosses(Utf8JsonWriter json, RunReport run)
    {
        json.WriteNumber("loss_count", run.LossCount);
        json.WriteStartArray("losses");
        foreach (var loss in run.Losses)
        {
            json.WriteStartObject();
            json.WriteString("source", loss.Source);
            json.WriteNumber("after_sequence", loss.After);
            WriteNumber(json, "before_sequence", loss.Before);
            WriteNumber(json, "count", loss.Count);
            json.WriteString("reason", loss.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, RuleResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Rule.Id);
        json.WriteString("title", result.Rule.Title);
        json.WriteString("level", Words.Of(result.Rule.Level));
        json.WriteString("side", Words.Of(result.Rule.Side));
        json.WriteString("clause", result.Rule.Spec);
        json.WriteString("precision", result.Rule.IsExact ? "exact" : "heuristic");
        json.WriteString("basis", result.Rule.IsNormative ? "normative" : "inferred");
        WriteTexts(json, "also", result.Rule.Also);
        json.WriteString("judges", result.Rule.Judges);
        json.WriteString("verdict", Words.Of(result.Verdict));
        json.WriteString("failure", Tracing.Schemas.SnakeCase.Of(result.Failure.ToString()));
        WriteText(json, "reason", result.Reason ?? Reason(result.Doubt));
        json.WriteBoolean("touched_by_loss", result.IsTouchedByLoss);
        WriteCount(json, result.Judgement.Total);
        json.WriteNumber("unknown_by_loss", result.Judgement.UnknownByLoss);
        WriteNumber(json, "first_unknown", result.Judgement.FirstUnknown);
        json.WriteStartArray("groups");
        foreach (var group in result.Judgement.Groups)
        {
            json.WriteStartObject();
            WriteNumber(json, "device", (ulong?)group.Device);
            WriteNumber(json, "queue", (ulong?)group.Queue);
            json.WriteString("verdict", Words.Of(group.Count.Verdict));
            WriteCount(json, group.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings) WriteFinding(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Reason(Doubt? doubt)
        => doubt is { Causes.Count: > 0 } ? $"{doubt.Reason}; it may be: {string.Join("; ", doubt.Causes)}" : doubt?.Reason;

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("message", finding.Message);
        WriteNumber(json, "sequence", finding.Thing.Sequence);
        WriteNumber(json, "since", finding.Thing.Since);
        WriteNumber(json, "device", (ulong?)finding.Thing.Device);
        WriteNumber(json, "queue", (ulong?)finding.Thing.Queue);
        json.WriteString("at_fault", finding.AtFault);
        WriteText(json, "confinement", finding.Confinement);
        WriteText(json, "access", finding.Access);
        WriteText(json, "conflicts_with", finding.ConflictsWith);
        json.WriteString("reproducer", finding.Reproducer);
        json.WriteStartObject("columns");
        foreach (var (name, value) in finding.Thing.Columns.OrderBy(column => column.Key, StringComparer.Ordinal)) WriteText(json, name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, Count count)
    {
        json.WriteNumber("violated", count.Violated);
        json.WriteNumber("held", count.Held);
        json.WriteNumber("unknown", count.Unknown);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, ulong? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, text);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
