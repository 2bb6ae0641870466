using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A result as DuckDB hands it out: an opaque block, passed by value and by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBResult
{
    private readonly ulong deprecatedColumnCount;
    private readonly ulong deprecatedRowCount;
    private readonly ulong deprecatedRowsChanged;
    private readonly IntPtr deprecatedColumns;
    private readonly IntPtr deprecatedError;
    private readonly IntPtr internalData;

    /// <summary>Frees what the result holds; a second call does nothing.</summary>
    public void Close() => NativeRelease.duckdb_destroy_result(ref this);
}
