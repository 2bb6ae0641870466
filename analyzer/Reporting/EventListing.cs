using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Reporting;

/// <summary>Prints events in text form, a line an event.</summary>
internal static class EventListing
{
    /// <summary>Prints what <paramref name="filter"/> lets through.</summary>
    /// <param name="session">The run.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="place">The byte whose life is wanted; null = all.</param>
    /// <param name="output">Where to.</param>
    /// <param name="token">Stops it.</param>
    public static void Write(RunSession session, EventFilter filter, (string? Space, ulong Address)? place, TextWriter output, CancellationToken token)
    {
        var condition = filter.Condition;
        if (place is { } known) condition += $" and {ByteLife.Condition(session.Database, known.Space, known.Address, token)}";
        session.Database.Query(
            $"select {EventTable.ColumnList} from event where {condition} order by sequence",
            reader => output.WriteLine(Printable.Line(EventText.Format(EventTable.ReadRow(reader)))),
            token);
    }
}
