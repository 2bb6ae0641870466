using DuckDB.NET.Native;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>A boolean column. Any byte but 0 is true: DuckDB knows 0 and 1 only.</summary>
internal sealed class BooleanFiller(ColumnDefinition definition) : ColumnFiller
{
    private readonly uint presence = 1u << definition.Presence;
    private ulong sum;

    /// <inheritdoc />
    public override BulkColumn Column { get; } = new(definition.Name, DuckDBType.Boolean);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        if ((batch.Presence & presence) == 0) return;
        for (var row = 0; row < batch.Count; row++)
        {
            ref var record = ref batch.Records[row];
            if ((record.Presence & presence) == 0) continue;
            var isTrue = Field<byte>(ref record, definition.Offset) != 0;
            vector.Set(row, isTrue ? (byte)1 : (byte)0);
            if (isTrue) sum++;
            NonNull++;
        }
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Text(sum));
}
