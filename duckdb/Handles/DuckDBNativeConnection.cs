using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A connection to an opened database.</summary>
public sealed class DuckDBNativeConnection : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBNativeConnection()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Asks the statement that runs on this connection to stop; any thread may call it.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(this);

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_disconnect(ref handle);
        return true;
    }
}
