using DuckDB.NET.Native;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary><c>sequence</c>: counted here.</summary>
internal sealed class SequenceFiller() : ColumnFiller
{
    private UInt128 sum;

    /// <inheritdoc />
    public override BulkColumn Column { get; } = new(Columns.Of(Schemas.Column.Sequence).Name, DuckDBType.UnsignedBigInt);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        var target = vector;
        for (var row = 0; row < batch.Count; row++)
        {
            var sequence = batch.FirstSequence + (ulong)row;
            target.Set(row, sequence);
            sum = unchecked(sum + sequence);
        }

        NonNull += (ulong)batch.Count;
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Text(sum));
}

/// <summary><c>source_sequence</c>: the record has its low half only, the reader knows all of it.</summary>
internal sealed class SourceSequenceFiller() : ColumnFiller
{
    private UInt128 sum;

    /// <inheritdoc />
    public override BulkColumn Column { get; } =
        new(Columns.Of(Schemas.Column.SourceSequence).Name, DuckDBType.UnsignedBigInt);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        var target = vector;
        for (var row = 0; row < batch.Count; row++)
        {
            var count = batch.Counts[row];
            target.Set(row, count);
            sum = unchecked(sum + count);
        }

        NonNull += (ulong)batch.Count;
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Text(sum));
}

/// <summary><c>time_ns</c>: signed, with a value of its own for unknown.</summary>
internal sealed class TimeFiller() : ColumnFiller
{
    private Int128 sum;

    /// <inheritdoc />
    public override BulkColumn Column { get; } = new(Columns.Of(Schemas.Column.TimeNs).Name, DuckDBType.BigInt);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        var target = vector;
        for (var row = 0; row < batch.Count; row++)
        {
            var time = batch.Records[row].Time;
            if (time == EventRecord.UnknownTime) continue;
            target.Set(row, time);
            sum = unchecked(sum + time);
            NonNull++;
        }
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Text(sum));
}
