using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Results: their columns, rows and errors.</summary>
    public static partial class Query
    {
        /// <summary>How many columns.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_column_count")]
        public static partial ulong DuckDBColumnCount(ref DuckDBResult result);

        /// <summary>The name of a column.</summary>
        /// <param name="result">The result.</param>
        /// <param name="column">The column; the first is 0.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_column_name", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string DuckDBColumnName(ref DuckDBResult result, long column);

        /// <summary>The type of a column.</summary>
        /// <param name="result">The result.</param>
        /// <param name="column">The column; the first is 0.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_column_logical_type")]
        public static partial DuckDBLogicalType DuckDBColumnLogicalType(
            ref DuckDBResult result, long column);

        /// <summary>How many rows the statement changed.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_rows_changed")]
        public static partial long DuckDBRowsChanged(ref DuckDBResult result);

        /// <summary>The message of a failed statement.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_result_error", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string DuckDBResultError(ref DuckDBResult result);

        /// <summary>The kind of the error.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_result_error_type")]
        public static partial DuckDBErrorType DuckDBResultErrorType(ref DuckDBResult result);

        /// <summary>What the statement gives back.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_result_return_type")]
        public static partial DuckDBResultType DuckDBResultReturnType(DuckDBResult result);

        /// <summary>The next rows; invalid at the end.</summary>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_fetch_chunk")]
        public static partial DuckDBDataChunk DuckDBFetchChunk(DuckDBResult result);
    }
}
