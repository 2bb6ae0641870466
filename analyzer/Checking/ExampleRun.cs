using Tracing.Analysis.Catalog;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Makes a run of an example: its preamble's events, its own, and the facts of a run that saw what it says.</summary>
internal static class ExampleRun
{
    private static readonly string[] usualSources = ["driver", "device", "platform"];

    /// <summary>All events, with what a text may leave out: sequence, source, the source's count, thread.</summary>
    public static IReadOnlyList<EventRow> Rows(Example example, QueryCatalog catalog)
        => Complete([.. example.Given is { } given ? catalog.Given(given) : [], .. example.Events]);

    /// <summary>Fills in what an event text may leave out.</summary>
    public static IReadOnlyList<EventRow> Complete(IReadOnlyList<EventRow> rows)
    {
        var sequence = 0UL;
        var counts = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            row[Column.Sequence] = sequence = row[Column.Sequence] ?? sequence + 1;
            row.Source ??= row.Actor is { } actor ? SnakeCase.Of(actor.ToString()) : "unknown";
            row[Column.SourceSequence] = counts[row.Source] = row[Column.SourceSequence] ?? counts.GetValueOrDefault(row.Source) + 1;
            row[Column.Thread] ??= 0;
        }

        return rows;
    }

    /// <summary>How the example's run is judged.</summary>
    public static RunContext Context(Example example, IReadOnlyList<EventRow> rows, QueryCatalog catalog)
    {
        var name = example.Profile ?? Profile.DefaultName;
        var profile = catalog.FindProfile(name) ?? throw new CatalogException($"there is no profile '{name}'");
        return new RunContext(Facts(rows, example.Sees, example.Order) with { Assumes = example.Assumes }, profile, example.Exemption ?? profile.Exemption);
    }

    /// <summary>The facts of a run with these events.</summary>
    public static RunFacts Facts(IReadOnlyList<EventRow> rows, IReadOnlyList<string> sees, string order)
    {
        string[] sources = [.. usualSources.Concat(rows.Select(row => row.Source!)).Distinct(StringComparer.Ordinal)];
        return new RunFacts
        {
            Producer = "event text",
            Sources = [.. sources.Select(source => new SourceFacts(
                source, new ClockFacts("virtual", 1, 0, 0), sees, (ulong)rows.Count(row => row.Source == source)))],
            SourceOrder = [.. sources.SelectMany((first, index) => sources.Skip(index + 1).Select(second => new SourceOrder(first, second, order)))],
        };
    }
}
