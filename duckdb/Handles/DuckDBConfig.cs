using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>Options collected before a database is opened.</summary>
public sealed class DuckDBConfig : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBConfig()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_config(ref handle);
        return true;
    }
}
