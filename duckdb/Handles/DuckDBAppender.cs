using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A bulk writer into one table; releasing it flushes it.</summary>
public sealed class DuckDBAppender : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBAppender()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_appender_destroy(ref handle);
        return true;
    }
}
