using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>Native calls of the bulk paths that <c>DuckDB.NET.Data</c> does not refer to.</summary>
internal static partial class NativeBulk
{
    private const string LibraryName = "duckdb";

    [LibraryImport(LibraryName, EntryPoint = "duckdb_create_enum_type")]
    internal static unsafe partial DuckDBLogicalType CreateEnumType(byte** labels, ulong count);

    [LibraryImport(LibraryName, EntryPoint = "duckdb_appender_flush")]
    internal static partial DuckDBState AppenderFlush(DuckDBAppender appender);

    [LibraryImport(LibraryName, EntryPoint = "duckdb_list_vector_get_size")]
    internal static partial ulong ListVectorGetSize(IntPtr vector);

    [LibraryImport(LibraryName, EntryPoint = "duckdb_prepared_statement_type")]
    internal static partial DuckDBStatementType PreparedStatementType(
        DuckDBPreparedStatement statement);

    [LibraryImport(LibraryName, EntryPoint = "duckdb_init_set_max_threads")]
    internal static partial void InitSetMaximumThreads(IntPtr info, ulong count);

    [LibraryImport(LibraryName, EntryPoint = "duckdb_function_get_extra_info")]
    internal static partial IntPtr FunctionGetExtraInfo(IntPtr info);
}
