using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Batches of rows, column by column.</summary>
    public static partial class DataChunks
    {
        /// <summary>Makes an empty chunk for these column types.</summary>
        /// <param name="types">The column types.</param>
        /// <param name="count">How many.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_data_chunk")]
        public static partial DuckDBDataChunk DuckDBCreateDataChunk(IntPtr[] types, ulong count);

        /// <summary>Empties it for new rows.</summary>
        /// <param name="chunk">The chunk.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_data_chunk_reset")]
        public static partial void DuckDBDataChunkReset(DuckDBDataChunk chunk);

        /// <summary>How many columns.</summary>
        /// <param name="chunk">The chunk.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_data_chunk_get_column_count")]
        public static partial long DuckDBDataChunkGetColumnCount(DuckDBDataChunk chunk);

        /// <summary>The vector of a column; it lives as long as the chunk.</summary>
        /// <param name="chunk">The chunk.</param>
        /// <param name="column">The column; the first is 0.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_data_chunk_get_vector")]
        public static partial IntPtr DuckDBDataChunkGetVector(DuckDBDataChunk chunk, long column);

        /// <summary>How many rows.</summary>
        /// <param name="chunk">The chunk.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_data_chunk_get_size")]
        public static partial ulong DuckDBDataChunkGetSize(DuckDBDataChunk chunk);

        [LibraryImport(LibraryName, EntryPoint = "duckdb_data_chunk_set_size")]
        private static partial void DataChunkSetSize(DuckDBDataChunk chunk, ulong size);

        /// <summary>Says how many rows it holds; returns the same number.</summary>
        /// <param name="chunk">The chunk.</param>
        /// <param name="size">How many rows.</param>
        public static long DuckDBDataChunkSetSize(DuckDBDataChunk chunk, ulong size)
        {
            DataChunkSetSize(chunk, size);
            return (long)size;
        }
    }
}
