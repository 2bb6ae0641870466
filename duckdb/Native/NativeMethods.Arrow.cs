using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Results as Arrow: the Data assembly refers to it, this product does not call it.</summary>
    public static partial class Arrow
    {
        /// <summary>How a result turns into Arrow.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_result_get_arrow_options")]
        public static partial DuckDBArrowOptions DuckDBResultGetArrowOptions(
            ref DuckDBResult result);

        /// <summary>Column types as an Arrow schema.</summary>
        /// <param name="options">The options.</param>
        /// <param name="types">The column types.</param>
        /// <param name="names">The column names.</param>
        /// <param name="count">How many.</param>
        /// <param name="schema">The schema; null for the current one.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_to_arrow_schema")]
        public static partial DuckDBErrorData DuckDBToArrowSchema(
            DuckDBArrowOptions options, IntPtr types, IntPtr names, ulong count, IntPtr schema);

        /// <summary>A chunk as an Arrow array.</summary>
        /// <param name="options">The options.</param>
        /// <param name="chunk">The chunk.</param>
        /// <param name="array">Where to put the array.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_data_chunk_to_arrow")]
        public static partial DuckDBErrorData DuckDBDataChunkToArrow(
            DuckDBArrowOptions options, DuckDBDataChunk chunk, IntPtr array);
    }
}
