using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Options given before a database is opened.</summary>
    public static partial class Configuration
    {
        /// <summary>Makes an empty set of options.</summary>
        /// <param name="config">The options.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_config")]
        public static partial DuckDBState DuckDBCreateConfig(out DuckDBConfig config);

        /// <summary>How many options there are (a size_t that always fits).</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_config_count")]
        public static partial int DuckDBConfigCount();

        /// <summary>Names and describes an option.</summary>
        /// <param name="index">Its index.</param>
        /// <param name="name">The name.</param>
        /// <param name="description">What it does.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_get_config_flag", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBGetConfigFlag(
            int index,
            [MarshalUsing(typeof(BorrowedText))] out string name,
            [MarshalUsing(typeof(BorrowedText))] out string description);

        /// <summary>Sets an option.</summary>
        /// <param name="config">The options.</param>
        /// <param name="name">The name.</param>
        /// <param name="option">The value.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBSetConfig(
            DuckDBConfig config, string name, string option);
    }
}
