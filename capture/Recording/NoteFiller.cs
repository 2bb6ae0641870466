using System.Text;
using DuckDB.NET.Native;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary><c>note</c>. Untrusted text, but always well-formed: readers of journals see to that.</summary>
internal sealed class NoteFiller() : ColumnFiller
{
    private UInt128 sum;

    /// <inheritdoc />
    public override BulkColumn Column { get; } = new(Columns.Of(Schemas.Column.Note).Name, DuckDBType.Varchar);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Notes[row] is not { } note) continue;
            vector.SetText(row, Encoding.UTF8.GetBytes(note));
            sum = unchecked(sum + TextHash.Of(note));
            NonNull++;
        }
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Text(sum));
}
