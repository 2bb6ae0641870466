using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Runs the examples in the headers of rules, one after the other.</summary>
internal sealed class ExampleRunner(QueryCatalog catalog) : IDisposable
{
    private readonly ExampleStage stage = new(catalog);

    /// <summary>What is wrong with the example, with its events for a reader to see; null if it shows what it says.</summary>
    public string? Problem(Rule rule, Example example, CancellationToken token = default)
    {
        IReadOnlyList<EventRow> rows = [];
        try
        {
            rows = ExampleRun.Rows(example, catalog);
            var context = ExampleRun.Context(example, rows, catalog);
            if (rows.Zip(rows.Skip(1)).FirstOrDefault(pair => pair.First[Column.Sequence] >= pair.Second[Column.Sequence]) is { First: { } first })
                return Describe(rule, example, rows, $"the sequence behind #{first[Column.Sequence]} does not rise");
            var judgement = context.MissingNeed(rule) is null ? stage.Play(rule, rows, context, token) : null;
            var problem = judgement is null
                ? Compare(example, Verdict.Inconclusive)
                : Compare(example, judgement.Total.Verdict) ?? CompareAnchors(example, judgement);
            return problem is null ? null : Describe(rule, example, rows, problem);
        }
        catch (Exception exception) when (exception is DuckDBException or CatalogException or RefusedException)
        {
            return Describe(rule, example, rows, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stage.Dispose();

    private static string? Compare(Example example, Verdict verdict)
        => example.Expectation.ToString() == verdict.ToString()
            ? null
            : $"expected {Word(example.Expectation.ToString())}, got {Word(verdict.ToString())}";

    private static string? CompareAnchors(Example example, Judgement judgement)
    {
        if (example.Anchors.Count == 0) return null;
        var expected = example.Anchors.Order().ToList();
        var actual = judgement.FirstViolated.Select(thing => thing.Sequence ?? 0).Distinct().Order().ToList();
        if (expected.Take(Judge.FindingsInFull).SequenceEqual(actual.Take(Judge.FindingsInFull))) return null;
        return $"expected violations at {string.Join(", ", expected)}, got {string.Join(", ", actual)}";
    }

    private static string Describe(Rule rule, Example example, IReadOnlyList<EventRow> rows, string problem)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{rule.File}:{example.Line}: {rule.Id}: example '{Word(example.Expectation.ToString())}");
        text.Append(CultureInfo.InvariantCulture, $"{(example.Title.Length > 0 ? ": " : "")}{example.Title}': {problem}\n");
        foreach (var row in rows) text.Append("    ").Append(Printable.Line(EventText.Format(row))).Append('\n');
        return text.ToString();
    }

    private static string Word(string name) => name.ToLowerInvariant();
}
