using System.Globalization;
using DuckDB.NET.Data;
using Tracing.Analysis.Catalog;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>One run, open in a locked instance of its own: the tables that rules read, and the views that they ask for.</summary>
internal sealed class RunSession : IDisposable
{
    private readonly QueryCatalog catalog;
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly bool isGuest;

    private RunSession(Database database, RunContext context, QueryCatalog catalog, bool isGuest = false)
    {
        this.isGuest = isGuest;
        Database = database;
        Context = context;
        this.catalog = catalog;
    }

    /// <summary>The instance.</summary>
    public Database Database { get; }

    /// <summary>How the run is judged.</summary>
    public RunContext Context { get; }

    /// <summary>How many events it holds.</summary>
    public ulong Events { get; private set; }

    /// <summary>How many losses there are.</summary>
    public ulong Losses { get; private set; }

    /// <summary>Opens a run from its files.</summary>
    public static RunSession OpenFiles(Run run, RunContext context, QueryCatalog catalog, DatabaseLimits limits, bool keepsFileOrder, CancellationToken token)
    {
        var session = new RunSession(Database.Open(run.Files, limits, keepsFileOrder), context, catalog);
        try
        {
            session.Database.Execute(EventTable.ViewOf(run.Files) + ContextTables.Statements(context, run.PartNumbers) + LossTable.Create, token);
            session.Events = run.Parts.Aggregate(0UL, (sum, part) => sum + part.Rows);
            session.FillLosses(token);
            session.AddGaps(run, token);
            session.CloseLosses(token);
            return session;
        }
        catch (DuckDBException exception)
        {
            session.Dispose();
            throw new InputException($"{run.Files[0]}: the events cannot be read: {Printable.FirstLine(exception.Message)}", exception);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a run from rows in an instance that others use before and after: whatever is made here is undone at the end.
    /// </summary>
    public static RunSession OpenRows(Database database, IReadOnlyList<EventRow> rows, RunContext context, QueryCatalog catalog, CancellationToken token)
    {
        var session = new RunSession(database, context, catalog, isGuest: true);
        database.Execute("begin transaction", token);
        try
        {
            database.Execute(
                EventTable.Create + EventTable.Insert(rows) + ContextTables.Statements(context, [1]) + LossTable.Create, token);
            session.Events = (ulong)rows.Count;
            session.FillLosses(token);
            session.CloseLosses(token);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Makes the named views and macros and all that they build on, each once.</summary>
    public void Require(IEnumerable<string> names, CancellationToken token)
    {
        foreach (var view in catalog.ViewsFor(names))
        {
            if (made.Contains(view.Name)) continue;
            if (view.IsOutside) SelectGuard.Check(Database, view.Body);
            Database.Execute(view.CreateStatement, token);
            made.Add(view.Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isGuest) Database.Execute("rollback");
        else Database.Dispose();
    }

    private void FillLosses(CancellationToken token)
    {
        if (Count("select count(*) from event where event = 'loss'", token) > 0) Database.Execute(LossTable.InsertLossEvents, token);
        Database.Execute($"create temporary table source_with_holes as {LossTable.SourcesWithHoles}", token);
        if (Count("select count(*) from source_with_holes", token) > 0) Database.Execute(LossTable.InsertHoles, token);
        Database.Execute("drop table source_with_holes", token);
    }

    private void AddGaps(Run run, CancellationToken token)
    {
        var last = Database.Rows("select coalesce(max(sequence), 0) from event", reader => Convert.ToUInt64(reader.GetValue(0), CultureInfo.InvariantCulture), token)[0];
        for (int index = 0, expected = 1; index < run.Parts.Count; index++, expected++)
        {
            var part = run.Parts[index];
            if (part.Facts.Part == expected) continue;
            var place = $"select coalesce(min(sequence), 0) from read_parquet({Sql.Text(part.File)}, hive_partitioning = false)";
            var before = Database.Rows(place, reader => Convert.ToUInt64(reader.GetValue(0), CultureInfo.InvariantCulture), token)[0];
            var missing = part.Facts.Part - 1 == expected ? $"part {expected} is" : $"parts {expected} to {part.Facts.Part - 1} are";
            Database.Execute(LossTable.InsertGap($"{missing} missing", Math.Max(before, 1) - 1, before), token);
            expected = part.Facts.Part;
        }

        if (run.PartNumbers[^1] < run.Facts.Parts)
            Database.Execute(LossTable.InsertGap("the last part of the run is missing", last, ulong.MaxValue), token);
        else if (!run.Facts.Complete)
            Database.Execute(LossTable.InsertGap("the recording did not come to its end", last, ulong.MaxValue), token);
    }

    private void CloseLosses(CancellationToken token)
    {
        Losses = Count("select count(*) from loss", token);
        if (Losses > 0) Database.Execute(LossTable.CreateReach, token);
    }

    private ulong Count(string sql, CancellationToken token)
        => (ulong)Database.Rows(sql, reader => reader.GetInt64(0), token)[0];
}
