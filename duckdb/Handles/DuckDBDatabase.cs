using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>An opened database.</summary>
public sealed class DuckDBDatabase : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBDatabase()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_close(ref handle);
        return true;
    }
}
