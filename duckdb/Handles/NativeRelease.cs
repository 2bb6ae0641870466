using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>The native functions that free what a handle holds; each also clears the pointer.</summary>
internal static partial class NativeRelease
{
    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_close(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_config(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_prepare(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_extracted(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_logical_type(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_appender_destroy(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_arrow_options(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_pending(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_disconnect(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_client_context(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_error_data(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_data_chunk(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_value(ref IntPtr handle);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static partial void duckdb_destroy_result(ref DuckDBResult result);

    [LibraryImport(NativeMethods.LibraryName)]
    internal static unsafe partial void duckdb_free(void* pointer);
}
