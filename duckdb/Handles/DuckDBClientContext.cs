using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>What a callback may ask about the connection it serves.</summary>
public sealed class DuckDBClientContext : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBClientContext()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The number of the connection within its instance.</summary>
    public ulong ConnectionId => NativeMethods.Startup.DuckDBClientContextGetConnectionId(this);

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_client_context(ref handle);
        return true;
    }
}
