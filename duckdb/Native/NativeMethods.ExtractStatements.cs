using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Texts of several statements.</summary>
    public static partial class ExtractStatements
    {
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)]
        private static partial ulong ExtractStatementsNative(
            DuckDBNativeConnection connection,
            string query,
            out DuckDBExtractedStatements statements);

        /// <summary>Why the text could not be split.</summary>
        /// <param name="statements">The statements.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_extract_statements_error", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string DuckDBExtractStatementsError(
            DuckDBExtractedStatements statements);

        /// <summary>Prepares one of them; the first is 0.</summary>
        /// <param name="connection">The connection.</param>
        /// <param name="statements">The statements.</param>
        /// <param name="index">Its index.</param>
        /// <param name="statement">The statement.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_prepare_extracted_statement")]
        public static partial DuckDBState DuckDBPrepareExtractedStatement(
            DuckDBNativeConnection connection,
            DuckDBExtractedStatements statements,
            long index,
            out DuckDBPreparedStatement statement);

        /// <summary>Splits a text into its statements and counts them; 0 when it is no SQL.</summary>
        /// <param name="connection">The connection.</param>
        /// <param name="query">The text.</param>
        /// <param name="statements">The statements, or the error.</param>
        public static int DuckDBExtractStatements(
            DuckDBNativeConnection connection, string query, out DuckDBExtractedStatements statements) =>
            (int)ExtractStatementsNative(connection, query, out statements);
    }
}
