using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    public static partial class TableFunction
    {
        /// <summary>Sets what runs on each thread when a query starts.</summary>
        /// <param name="function">The function.</param>
        /// <param name="init">The callback.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_table_function_set_local_init")]
        public static unsafe partial void DuckDBTableFunctionSetLocalInit(
            IntPtr function, delegate* unmanaged[Cdecl]<IntPtr, void> init);

        /// <summary>The data of this thread.</summary>
        /// <param name="info">What the callback got.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_function_get_local_init_data")]
        public static partial IntPtr DuckDBFunctionGetLocalInitData(IntPtr info);
    }
}
