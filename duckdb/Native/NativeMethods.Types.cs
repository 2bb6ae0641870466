using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Results that are whole in memory, and how to tell them.</summary>
    public static partial class Types
    {
        /// <summary>1 when rows are made as they are fetched, else 0.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_result_is_streaming")]
        public static partial byte DuckDBResultIsStreaming(DuckDBResult result);

        /// <summary>A chunk of a result that is whole in memory.</summary>
        /// <param name="result">The result.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_result_get_chunk")]
        public static partial DuckDBDataChunk DuckDBResultGetChunk(DuckDBResult result, long index);
    }
}
