using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Results that are made as they are fetched.</summary>
    public static partial class StreamingResult
    {
        /// <summary>The next rows; invalid at the end.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_stream_fetch_chunk")]
        public static partial DuckDBDataChunk DuckDBStreamFetchChunk(DuckDBResult result);
    }
}
