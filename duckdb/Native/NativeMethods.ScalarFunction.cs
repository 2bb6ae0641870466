using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Functions of one row at a time, written by us.</summary>
    public static partial class ScalarFunction
    {
        /// <summary>Makes an empty function.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_scalar_function")]
        public static partial IntPtr DuckDBCreateScalarFunction();

        /// <summary>Frees it.</summary>
        /// <param name="function">The function.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_destroy_scalar_function")]
        public static partial void DuckDBDestroyScalarFunction(ref IntPtr function);

        /// <summary>Names it.</summary>
        /// <param name="function">The function.</param>
        /// <param name="name">The name.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_scalar_function_set_name", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBScalarFunctionSetName(IntPtr function, string name);

        /// <summary>Lets it take any number of arguments of a type.</summary>
        /// <param name="function">The function.</param>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_varargs")]
        public static partial void DuckDBScalarFunctionSetVarargs(
            IntPtr function, DuckDBLogicalType type);

        /// <summary>Adds a parameter.</summary>
        /// <param name="function">The function.</param>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_add_parameter")]
        public static partial void DuckDBScalarFunctionAddParameter(
            IntPtr function, DuckDBLogicalType type);

        /// <summary>Sets what it returns.</summary>
        /// <param name="function">The function.</param>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_return_type")]
        public static partial void DuckDBScalarFunctionSetReturnType(
            IntPtr function, DuckDBLogicalType type);

        /// <summary>Says that equal arguments may give different results.</summary>
        /// <param name="function">The function.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_volatile")]
        public static partial void DuckDBScalarFunctionSetVolatile(IntPtr function);

        /// <summary>Says that it wants to see NULL arguments.</summary>
        /// <param name="function">The function.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_special_handling")]
        public static partial void DuckDBScalarFunctionSetSpecialHandling(IntPtr function);

        /// <summary>Sets what runs when a query is bound.</summary>
        /// <param name="function">The function.</param>
        /// <param name="bind">The callback.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_bind")]
        public static unsafe partial void DuckDBScalarFunctionSetBind(
            IntPtr function, delegate* unmanaged[Cdecl]<IntPtr, void> bind);

        /// <summary>Sets what runs per chunk.</summary>
        /// <param name="function">The function.</param>
        /// <param name="run">The callback.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_function")]
        public static unsafe partial void DuckDBScalarFunctionSetFunction(
            IntPtr function, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, IntPtr, void> run);

        /// <summary>Gives it data of ours.</summary>
        /// <param name="function">The function.</param>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="destroy">Frees the data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_extra_info")]
        public static unsafe partial void DuckDBScalarFunctionSetExtraInfo(
            IntPtr function, IntPtr info, delegate* unmanaged[Cdecl]<IntPtr, void> destroy);

        /// <summary>Gives a bound query data of ours.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="data">The data.</param>
        /// <param name="destroy">Frees the data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_bind_data")]
        public static unsafe partial void DuckDBScalarFunctionSetBindData(
            IntPtr info, IntPtr data, delegate* unmanaged[Cdecl]<IntPtr, void> destroy);

        /// <summary>Says how to copy that data.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="copy">Copies the data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_set_bind_data_copy")]
        public static unsafe partial void DuckDBScalarFunctionSetBindDataCopy(
            IntPtr info, delegate* unmanaged[Cdecl]<IntPtr, IntPtr> copy);

        /// <summary>The data of the function.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_get_extra_info")]
        public static partial IntPtr DuckDBScalarFunctionGetExtraInfo(IntPtr info);

        /// <summary>The data of the bound query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_get_bind_data")]
        public static partial IntPtr DuckDBScalarFunctionGetBindData(IntPtr info);

        /// <summary>The context of the bound query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="context">The context.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_scalar_function_get_client_context")]
        public static partial void DuckDBScalarFunctionGetClientContext(
            IntPtr info, out DuckDBClientContext context);

        /// <summary>Fails the query.</summary>
        /// <param name="info">What the callback got, or our data.</param>
        /// <param name="error">The message.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_scalar_function_set_error", StringMarshalling = StringMarshalling.Utf8)]
        public static partial void DuckDBScalarFunctionSetError(IntPtr info, string error);

        /// <summary>Makes it known to a connection.</summary>
        /// <param name="connection">The connection.</param>
        /// <param name="function">The function.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_register_scalar_function")]
        public static partial DuckDBState DuckDBRegisterScalarFunction(
            DuckDBNativeConnection connection, IntPtr function);
    }
}
