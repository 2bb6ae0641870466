using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A statement that runs step by step.</summary>
public sealed class DuckDBPendingResult : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBPendingResult()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_pending(ref handle);
        return true;
    }
}
