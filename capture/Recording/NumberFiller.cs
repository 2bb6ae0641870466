using System.Numerics;
using DuckDB.NET.Native;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>An unsigned or boolean column that lies in the record, with a presence bit or a value that stands for null.</summary>
/// <typeparam name="T">The type as it is stored.</typeparam>
internal sealed class NumberFiller<T>(ColumnDefinition definition, DuckDBType type) : ColumnFiller
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly bool hasNone = definition.Column is Schemas.Column.Device or Schemas.Column.Queue;
    private readonly uint mask = definition.Presence < 0 ? 0 : 1u << definition.Presence;
    private readonly int offset = definition.Offset;
    private UInt128 sum;

    /// <inheritdoc />
    public override BulkColumn Column { get; } = new(definition.Name, type);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        if (mask != 0 && (batch.Presence & mask) == 0) return;
        var records = batch.Records;
        var none = T.CreateTruncating(EventRecord.None);
        var target = vector;
        ulong count = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            ref var record = ref records[row];
            if (mask != 0 && (record.Presence & mask) == 0) continue;
            var value = Field<T>(ref record, offset);
            if (hasNone && value == none) continue;
            target.Set(row, value);
            sum = unchecked(sum + ulong.CreateTruncating(value));
            count++;
        }

        NonNull += count;
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Text(sum));
}
