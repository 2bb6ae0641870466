using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Bulk writers into one table.</summary>
    public static partial class Appender
    {
        /// <summary>Opens a writer; on failure it carries the error.</summary>
        /// <param name="connection">The connection.</param>
        /// <param name="catalog">The catalog; null for the current one.</param>
        /// <param name="schema">The schema; null for the current one.</param>
        /// <param name="table">The table.</param>
        /// <param name="appender">The writer.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_appender_create_ext", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBAppenderCreateExt(
            DuckDBNativeConnection connection,
            string? catalog,
            string? schema,
            string table,
            out DuckDBAppender appender);

        /// <summary>How many columns the table has.</summary>
        /// <param name="appender">The writer.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_appender_column_count")]
        public static partial ulong DuckDBAppenderColumnCount(DuckDBAppender appender);

        /// <summary>The type of a column.</summary>
        /// <param name="appender">The writer.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_appender_column_type")]
        public static partial DuckDBLogicalType DuckDBAppenderColumnType(
            DuckDBAppender appender, ulong index);

        /// <summary>What went wrong last.</summary>
        /// <param name="appender">The writer.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_appender_error_data")]
        public static partial DuckDBErrorData DuckDBAppenderErrorData(DuckDBAppender appender);

        /// <summary>Drops what is not yet flushed.</summary>
        /// <param name="appender">The writer.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_appender_clear")]
        public static partial DuckDBState DuckDBAppenderClear(DuckDBAppender appender);

        /// <summary>Flushes it and ends it.</summary>
        /// <param name="appender">The writer.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_appender_close")]
        public static partial DuckDBState DuckDBAppenderClose(DuckDBAppender appender);

        /// <summary>Adds the rows of a chunk.</summary>
        /// <param name="appender">The writer.</param>
        /// <param name="chunk">The chunk.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_append_data_chunk")]
        public static partial DuckDBState DuckDBAppendDataChunk(
            DuckDBAppender appender, DuckDBDataChunk chunk);

        [LibraryImport(LibraryName, EntryPoint = "duckdb_append_default_to_chunk")]
        private static partial DuckDBState AppendDefaultToChunk(
            DuckDBAppender appender, DuckDBDataChunk chunk, ulong column, ulong row);

        /// <summary>Puts the column's default value into a row of a chunk.</summary>
        /// <param name="appender">The writer.</param>
        /// <param name="chunk">The chunk.</param>
        /// <param name="column">The column.</param>
        /// <param name="row">The row.</param>
        public static DuckDBState DuckDBAppendDefaultToChunk(
            DuckDBAppender appender, DuckDBDataChunk chunk, int column, ulong row) =>
            AppendDefaultToChunk(appender, chunk, (ulong)column, row);
    }
}
