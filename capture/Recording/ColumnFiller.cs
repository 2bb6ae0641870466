using System.Globalization;
using System.Runtime.CompilerServices;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>Carries one column of a batch into DuckDB and keeps the column's integrity checks.</summary>
internal abstract class ColumnFiller
{
    /// <summary>How many values were not null.</summary>
    protected ulong NonNull { get; set; }

    /// <summary>The column's type in DuckDB.</summary>
    public abstract BulkColumn Column { get; }

    /// <summary>Sets the column's values; what is left out stays null.</summary>
    public abstract void Fill(EventBatch batch, in BulkVector vector);

    /// <summary>The checks over all rows so far.</summary>
    public abstract ColumnIntegrity Integrity();

    /// <summary>The field of a record at a byte offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static T Field<T>(ref EventRecord record, int offset)
        where T : unmanaged
        => Unsafe.ReadUnaligned<T>(ref Unsafe.AddByteOffset(ref Unsafe.As<EventRecord, byte>(ref record), offset));

    /// <summary>Decimal text of a sum.</summary>
    protected static string Text(IFormattable sum) => sum.ToString(null, CultureInfo.InvariantCulture);
}
