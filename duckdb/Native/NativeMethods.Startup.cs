using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Opening, connecting, asking about a connection.</summary>
    public static partial class Startup
    {
        /// <summary>Opens a database file, or a private one in memory.</summary>
        /// <param name="path">The file; null or empty for memory.</param>
        /// <param name="database">The database.</param>
        /// <param name="config">The options.</param>
        /// <param name="error">The message.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBOpen(
            string? path,
            out DuckDBDatabase database,
            DuckDBConfig config,
            [MarshalUsing(typeof(OwnedText))] out string? error);

        /// <summary>Opens a connection.</summary>
        /// <param name="database">The database.</param>
        /// <param name="connection">The connection.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_connect")]
        public static partial DuckDBState DuckDBConnect(
            DuckDBDatabase database, out DuckDBNativeConnection connection);

        /// <summary>Asks the running statement to stop.</summary>
        /// <param name="connection">The connection.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_interrupt")]
        public static partial void DuckDBInterrupt(DuckDBNativeConnection connection);

        /// <summary>How far the running statement is.</summary>
        /// <param name="connection">The connection.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_query_progress")]
        public static partial DuckDBQueryProgress DuckDBQueryProgress(
            DuckDBNativeConnection connection);

        /// <summary>The version of the native library.</summary>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_library_version", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string DuckDBLibraryVersion();

        /// <summary>The context of a connection.</summary>
        /// <param name="connection">The connection.</param>
        /// <param name="context">The context.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_connection_get_client_context")]
        public static partial void DuckDBConnectionGetClientContext(
            DuckDBNativeConnection connection, out DuckDBClientContext context);

        /// <summary>The number of a connection.</summary>
        /// <param name="context">The context.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_client_context_get_connection_id")]
        public static partial ulong DuckDBClientContextGetConnectionId(DuckDBClientContext context);
    }
}
