using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>How results turn into Arrow; unused in this product.</summary>
public sealed class DuckDBArrowOptions : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBArrowOptions()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_arrow_options(ref handle);
        return true;
    }
}
