using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Functions that make rows, written by us.</summary>
    public static partial class TableFunction
    {
        /// <summary>Makes an empty function.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_table_function")]
        public static partial IntPtr DuckDBCreateTableFunction();

        /// <summary>Frees it.</summary>
        /// <param name="function">The function.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_destroy_table_function")]
        public static partial void DuckDBDestroyTableFunction(ref IntPtr function);

        /// <summary>Names it.</summary>
        /// <param name="function">The function.</param>
        /// <param name="name">The name.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_table_function_set_name", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBTableFunctionSetName(IntPtr function, string name);

        /// <summary>Adds a parameter.</summary>
        /// <param name="function">The function.</param>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_add_parameter")]
        public static partial void DuckDBTableFunctionAddParameter(
            IntPtr function, DuckDBLogicalType type);

        /// <summary>Adds a parameter given by name.</summary>
        /// <param name="function">The function.</param>
        /// <param name="name">The name.</param>
        /// <param name="type">The type.</param>
        [LibraryImport(
            LibraryName,
            EntryPoint = "duckdb_table_function_add_named_parameter",
            StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBTableFunctionAddNamedParameter(
            IntPtr function, string name, DuckDBLogicalType type);

        /// <summary>Sets what runs when a query is bound: it names the columns.</summary>
        /// <param name="function">The function.</param>
        /// <param name="bind">The callback.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_set_bind")]
        public static unsafe partial void DuckDBTableFunctionSetBind(
            IntPtr function, delegate* unmanaged[Cdecl]<IntPtr, void> bind);

        /// <summary>Sets what runs when a query starts.</summary>
        /// <param name="function">The function.</param>
        /// <param name="init">The callback.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_set_init")]
        public static unsafe partial void DuckDBTableFunctionSetInit(
            IntPtr function, delegate* unmanaged[Cdecl]<IntPtr, void> init);

        /// <summary>Sets what fills a chunk.</summary>
        /// <param name="function">The function.</param>
        /// <param name="run">The callback.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_set_function")]
        public static unsafe partial void DuckDBTableFunctionSetFunction(
            IntPtr function, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> run);

        /// <summary>Gives it data of ours.</summary>
        /// <param name="function">The function.</param>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="destroy">Frees the data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_set_extra_info")]
        public static unsafe partial void DuckDBTableFunctionSetExtraInfo(
            IntPtr function, IntPtr info, delegate* unmanaged[Cdecl]<IntPtr, void> destroy);

        /// <summary>Says that it fills only the columns asked for.</summary>
        /// <param name="function">The function.</param>
        /// <param name="supports">Whether it does.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_table_function_supports_projection_pushdown")]
        public static partial void DuckDBTableFunctionSupportsProjectionPushdown(
            IntPtr function, [MarshalAs(UnmanagedType.U1)] bool supports);

        /// <summary>The context of the bound query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="context">The context.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_get_client_context")]
        public static partial void DuckDBTableFunctionGetClientContext(
            IntPtr info, out DuckDBClientContext context);

        /// <summary>Makes it known to a connection.</summary>
        /// <param name="connection">The connection.</param>
        /// <param name="function">The function.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_register_table_function")]
        public static partial DuckDBState DuckDBRegisterTableFunction(
            DuckDBNativeConnection connection, IntPtr function);

        /// <summary>The data of the function.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_bind_get_extra_info")]
        public static partial IntPtr DuckDBBindGetExtraInfo(IntPtr info);

        /// <summary>How many arguments were given.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_bind_get_parameter_count")]
        public static partial ulong DuckDBBindGetParameterCount(IntPtr info);

        /// <summary>An argument.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_bind_get_parameter")]
        public static partial DuckDBValue DuckDBBindGetParameter(IntPtr info, ulong index);

        /// <summary>An argument given by name; invalid when it was not.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="name">The name.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_bind_get_named_parameter", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBValue DuckDBBindGetNamedParameter(IntPtr info, string name);

        /// <summary>Adds a column.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="name">The name.</param>
        /// <param name="type">The type.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_bind_add_result_column", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBBindAddResultColumn(
            IntPtr info, string name, DuckDBLogicalType type);

        /// <summary>Says how many rows are to come.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="cardinality">How many rows.</param>
        /// <param name="isExact">Whether that is exact.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_bind_set_cardinality")]
        public static partial void DuckDBBindSetCardinality(
            IntPtr info, ulong cardinality, [MarshalAs(UnmanagedType.U1)] bool isExact);

        /// <summary>Gives the bound query data of ours.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="data">The data.</param>
        /// <param name="destroy">Frees the data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_bind_set_bind_data")]
        public static unsafe partial void DuckDBBindSetBindData(
            IntPtr info, IntPtr data, delegate* unmanaged[Cdecl]<IntPtr, void> destroy);

        /// <summary>Fails the binding.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="error">The message.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_bind_set_error", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBBindSetError(IntPtr info, string error);

        /// <summary>The data of the function.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_init_get_extra_info")]
        public static partial IntPtr DuckDBInitGetExtraInfo(IntPtr info);

        /// <summary>The data of the bound query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_init_get_bind_data")]
        public static partial IntPtr DuckDBInitGetBindData(IntPtr info);

        /// <summary>Gives the running query data of ours.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="data">The data.</param>
        /// <param name="destroy">Frees the data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_init_set_init_data")]
        public static unsafe partial void DuckDBInitSetInitData(
            IntPtr info, IntPtr data, delegate* unmanaged[Cdecl]<IntPtr, void> destroy);

        /// <summary>How many columns are asked for.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_init_get_column_count")]
        public static partial ulong DuckDBInitGetColumnCount(IntPtr info);

        /// <summary>Which column is asked for at this place.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_init_get_column_index")]
        public static partial ulong DuckDBInitGetColumnIndex(IntPtr info, ulong index);

        /// <summary>Fails the start.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="error">The message.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_init_set_error", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBInitSetError(IntPtr info, string error);

        /// <summary>The data of the bound query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_function_get_bind_data")]
        public static partial IntPtr DuckDBFunctionGetBindData(IntPtr info);

        /// <summary>The data of the running query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_function_get_init_data")]
        public static partial IntPtr DuckDBFunctionGetInitData(IntPtr info);

        /// <summary>Fails the query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="error">The message.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_function_set_error", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBFunctionSetError(IntPtr info, string error);
    }
}
