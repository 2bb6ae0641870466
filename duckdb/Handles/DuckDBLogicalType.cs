using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A column type, with its children and its labels.</summary>
public sealed class DuckDBLogicalType : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBLogicalType()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_logical_type(ref handle);
        return true;
    }
}
