using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Errors with a kind and a message.</summary>
    public static partial class ErrorData
    {
        /// <summary>The kind.</summary>
        /// <param name="error">The message.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_error_data_error_type")]
        public static partial DuckDBErrorType DuckDBErrorDataErrorType(DuckDBErrorData error);

        /// <summary>The message.</summary>
        /// <param name="error">The message.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_error_data_message", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string? DuckDBErrorDataMessage(DuckDBErrorData error);

        /// <summary>Whether there is an error.</summary>
        /// <param name="error">The message.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_error_data_has_error")]
        [return: MarshalAs(UnmanagedType.U1)]
        public static partial bool DuckDBErrorDataHasError(DuckDBErrorData error);
    }
}
