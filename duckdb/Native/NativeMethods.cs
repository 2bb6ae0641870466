namespace DuckDB.NET.Native;

/// <summary>
/// DuckDB's C interface as the Data assembly refers to it: one nested class per chapter of the C
/// interface, one file per nested class.
/// </summary>
public static partial class NativeMethods
{
    /// <summary>What the loader completes to libduckdb.so, libduckdb.dylib or duckdb.dll.</summary>
    internal const string LibraryName = "duckdb";
}
