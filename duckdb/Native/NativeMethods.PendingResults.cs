using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Statements that run step by step on the caller's thread.</summary>
    public static partial class PendingResults
    {
        /// <summary>Starts a statement whose rows are made as they are fetched.</summary>
        /// <param name="statement">The statement.</param>
        /// <param name="pending">The statement under way, or its error.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_pending_prepared_streaming")]
        public static partial DuckDBState DuckDBPendingPreparedStreaming(
            DuckDBPreparedStatement statement, out DuckDBPendingResult pending);

        /// <summary>Takes one step.</summary>
        /// <param name="pending">The statement under way.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_pending_execute_task")]
        public static partial DuckDBPendingState DuckDBPendingExecuteTask(DuckDBPendingResult pending);

        /// <summary>Whether no further step is needed, be it for success or for failure.</summary>
        /// <param name="state">What the last step returned.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_pending_execution_is_finished")]
        [return: MarshalAs(UnmanagedType.U1)]
        public static partial bool DuckDBPendingExecutionIsFinished(DuckDBPendingState state);

        /// <summary>Takes all further steps and gives the result.</summary>
        /// <param name="pending">The statement under way.</param>
        /// <param name="result">The result, or its error; the caller closes it.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_execute_pending")]
        public static partial DuckDBState DuckDBExecutePending(
            DuckDBPendingResult pending, out DuckDBResult result);

        /// <summary>Why it failed.</summary>
        /// <param name="pending">The statement under way.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_pending_error")]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string? DuckDBPendingError(DuckDBPendingResult pending);
    }
}
