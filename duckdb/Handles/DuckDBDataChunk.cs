using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A batch of up to one vector size of rows, column by column.</summary>
public sealed class DuckDBDataChunk : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle that owns the chunk that the marshaller puts in.</summary>
    public DuckDBDataChunk()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Wraps a chunk that DuckDB lends to a callback; releasing the handle leaves it be.</summary>
    /// <param name="chunk">The native chunk.</param>
    public DuckDBDataChunk(IntPtr chunk)
        : base(ownsHandle: false) => SetHandle(chunk);

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_data_chunk(ref handle);
        return true;
    }
}
