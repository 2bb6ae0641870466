using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>
/// An instance of DuckDB for one small run after the other. Tables and views are made once; a run's rows are undone behind
/// it. Making the views anew for each example would take several times as long as everything else.
/// </summary>
internal sealed class ExampleStage : IDisposable
{
    private readonly QueryCatalog catalog;
    private readonly HashSet<string> made = new(StringComparer.Ordinal);

    public ExampleStage(QueryCatalog catalog)
    {
        this.catalog = catalog;
        Database = Database.OpenEmpty();
        Database.Execute(EventTable.Create + ContextTables.Create + LossTable.Create);
    }

    /// <summary>The instance.</summary>
    public Database Database { get; }

    /// <summary>Judges the run that these rows are.</summary>
    public Judgement Play(Rule rule, IReadOnlyList<EventRow> rows, RunContext context, CancellationToken token)
    {
        Prepare(rule.Uses, token);
        if (rule.IsOutside) SelectGuard.Check(Database, rule.Body);
        Database.Execute("begin transaction", token);
        try
        {
            Database.Execute(EventTable.Insert(rows) + ContextTables.Insert(context, [1]), token);
            var hasLosses = FillLosses(rows, token);
            foreach (var view in catalog.ViewsFor(rule.Uses).Where(view => view.IsMaterialized))
                Database.Execute($"insert into {Sql.Name(view.Name)}\n{view.Body}", token);
            return Judge.Run(Database, rule.Body, hasLosses, token);
        }
        finally
        {
            Database.Execute("rollback", CancellationToken.None);
        }
    }

    /// <summary>Makes the named views and macros and all that they build on; kept rows are none yet.</summary>
    public void Prepare(IEnumerable<string> names, CancellationToken token)
    {
        foreach (var view in catalog.ViewsFor(names))
        {
            if (!made.Add(view.Name)) continue;
            if (view.IsOutside) SelectGuard.Check(Database, view.Body);
            try
            {
                Database.Execute(view.CreateStatement, token);
            }
            catch
            {
                made.Remove(view.Name);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Database.Dispose();

    private bool FillLosses(IReadOnlyList<EventRow> rows, CancellationToken token)
    {
        if (!rows.Any(row => row.Kind == EventKind.Loss) && !HasHoles(rows)) return false;
        return LossTable.Fill(Database, token) > 0;
    }

    private static bool HasHoles(IReadOnlyList<EventRow> rows)
        => rows.GroupBy(row => row.Source, StringComparer.Ordinal)
            .Any(own => own.Select(row => row[Column.SourceSequence]).Where((count, index) => count != (ulong)index + 1).Any());
}
