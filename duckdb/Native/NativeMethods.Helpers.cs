using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Constants of the library.</summary>
    public static partial class Helpers
    {
        /// <summary>How many rows a chunk holds at most.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_vector_size")]
        public static partial ulong DuckDBVectorSize();
    }
}
