using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Statements with parameters.</summary>
    public static partial class PreparedStatements
    {
        /// <summary>Why it could not be prepared.</summary>
        /// <param name="statement">The statement.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_prepare_error", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(BorrowedText))]
        public static partial string DuckDBPrepareError(DuckDBPreparedStatement statement);

        /// <summary>How many parameters.</summary>
        /// <param name="statement">The statement.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_nparams")]
        public static partial long DuckDBParams(DuckDBPreparedStatement statement);

        /// <summary>The type of a parameter; the first is 1.</summary>
        /// <param name="statement">The statement.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_param_logical_type")]
        public static partial DuckDBLogicalType DuckDBParamLogicalType(
            DuckDBPreparedStatement statement, long index);

        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_bind_parameter_index", StringMarshalling = StringMarshalling.Utf8)]
        private static partial DuckDBState BindParameterIndex(
            DuckDBPreparedStatement statement, out ulong index, string name);

        /// <summary>Binds a parameter; the first is 1.</summary>
        /// <param name="statement">The statement.</param>
        /// <param name="index">Its index.</param>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_bind_value")]
        public static partial DuckDBState DuckDBBindValue(
            DuckDBPreparedStatement statement, long index, DuckDBValue value);

        /// <summary>Runs it; the whole result goes into memory.</summary>
        /// <param name="statement">The statement.</param>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_execute_prepared")]
        public static partial DuckDBState DuckDBExecutePrepared(
            DuckDBPreparedStatement statement, out DuckDBResult result);

        /// <summary>Runs it; rows are made as they are fetched.</summary>
        /// <param name="statement">The statement.</param>
        /// <param name="result">The result.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_execute_prepared_streaming")]
        public static partial DuckDBState DuckDBExecutePreparedStreaming(
            DuckDBPreparedStatement statement, out DuckDBResult result);

        /// <summary>Finds a parameter by its name.</summary>
        /// <param name="statement">The statement.</param>
        /// <param name="index">Its index; the first is 1.</param>
        /// <param name="name">The name, without its sign.</param>
        public static DuckDBState DuckDBBindParameterIndex(
            DuckDBPreparedStatement statement, out int index, string name)
        {
            var state = BindParameterIndex(statement, out var nativeIndex, name);
            index = state.IsSuccess() ? (int)nativeIndex : 0;
            return state;
        }
    }
}
