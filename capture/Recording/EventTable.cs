using DuckDB.NET.Native;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>The event table's columns on their way into DuckDB, in the schema's order.</summary>
internal sealed class EventTable
{
    private readonly ColumnFiller[] fillers;
    private ulong rows;

    /// <param name="sources">The run's sources, by index.</param>
    public EventTable(IReadOnlyList<string> sources)
    {
        fillers = [.. Schemas.Columns.All.Select(definition => Make(definition, sources))];
        Columns = [.. fillers.Select(filler => filler.Column)];
    }

    /// <summary>The columns' types.</summary>
    public IReadOnlyList<BulkColumn> Columns { get; }

    /// <summary>Sets a chunk's rows.</summary>
    public void Fill(EventBatch batch, BulkChunk chunk)
    {
        for (var column = 0; column < fillers.Length; column++) fillers[column].Fill(batch, in chunk[column]);
        rows += (ulong)batch.Count;
    }

    /// <summary>The checks over all rows so far.</summary>
    public Integrity Integrity() => new(
        rows,
        fillers.ToDictionary(filler => filler.Column.Name, filler => filler.Integrity(), StringComparer.Ordinal));

    private static ColumnFiller Make(ColumnDefinition definition, IReadOnlyList<string> sources) => definition.Column switch
    {
        Column.Sequence => new SequenceFiller(),
        Column.Source => new SourceFiller(sources),
        Column.SourceSequence => new SourceSequenceFiller(),
        Column.TimeNs => new TimeFiller(),
        Column.Note => new NoteFiller(),
        _ => definition.Type switch
        {
            ColumnType.Enumeration => new EnumerationFiller(definition),
            ColumnType.UInt64 => new NumberFiller<ulong>(definition, DuckDBType.UnsignedBigInt),
            ColumnType.UInt32 => new NumberFiller<uint>(definition, DuckDBType.UnsignedInteger),
            ColumnType.UInt16 => new NumberFiller<ushort>(definition, DuckDBType.UnsignedSmallInt),
            ColumnType.UInt8 => new NumberFiller<byte>(definition, DuckDBType.UnsignedTinyInt),
            ColumnType.Boolean => new BooleanFiller(definition),
            _ => throw new NotSupportedException($"Column {definition.Name} has type {definition.Type}."),
        },
    };
}
