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

    private RunSession(Database database, RunContext context, QueryCatalog catalog)
    {
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
            session.Database.Execute(
                EventTable.ViewOf(run.Files) + ContextTables.Create + ContextTables.Insert(context, run.PartNumbers) + LossTable.Create, token);
            session.Events = run.Parts.Aggregate(0UL, (sum, part) => sum + part.Rows);
            LossTable.FindLosses(session.Database, token);
            session.AddGaps(run, token);
            session.Losses = LossTable.Close(session.Database, token);
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
    public void Dispose() => Database.Dispose();

    /// <summary>What is missing where a part of the run is not there, or the recording did not come to its end.</summary>
    private void AddGaps(Run run, CancellationToken token)
    {
        var (expected, end) = (1, 0UL);
        foreach (var part in run.Parts)
        {
            var (first, last) = Bounds(part, token);
            if (part.Facts.Part > expected)
            {
                var missing = part.Facts.Part - 1 == expected ? $"part {expected} is" : $"parts {expected} to {part.Facts.Part - 1} are";
                Database.Execute(LossTable.InsertGap($"{missing} missing", end, Math.Max(first, end)), token);
            }

            (expected, end) = (part.Facts.Part + 1, Math.Max(last, end));
        }

        if (run.PartNumbers[^1] < run.Facts.Parts)
            Database.Execute(LossTable.InsertGap("the last part of the run is missing", end, ulong.MaxValue), token);
        else if (!run.Facts.Complete)
            Database.Execute(LossTable.InsertGap("the recording did not come to its end", end, ulong.MaxValue), token);
    }

    private (ulong First, ulong Last) Bounds(RunPart part, CancellationToken token)
        => Database.Rows(
            $"select coalesce(min(sequence), 0), coalesce(max(sequence), 0) from read_parquet({Sql.File(part.File)}, hive_partitioning = false)",
            reader => (Convert.ToUInt64(reader.GetValue(0), CultureInfo.InvariantCulture), Convert.ToUInt64(reader.GetValue(1), CultureInfo.InvariantCulture)),
            token)[0];
}
