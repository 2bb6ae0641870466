using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>One column of a chunk.</summary>
    public static partial class Vectors
    {
        /// <summary>Its type.</summary>
        /// <param name="vector">The vector.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_vector_get_column_type")]
        public static partial DuckDBLogicalType DuckDBVectorGetColumnType(IntPtr vector);

        /// <summary>Its values, one beside the other.</summary>
        /// <param name="vector">The vector.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_vector_get_data")]
        public static unsafe partial void* DuckDBVectorGetData(IntPtr vector);

        /// <summary>A bit a row, set when valid; null when all are valid.</summary>
        /// <param name="vector">The vector.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_vector_get_validity")]
        public static unsafe partial ulong* DuckDBVectorGetValidity(IntPtr vector);

        /// <summary>Makes the validity bits, all set, if there are none.</summary>
        /// <param name="vector">The vector.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_vector_ensure_validity_writable")]
        public static partial void DuckDBVectorEnsureValidityWritable(IntPtr vector);

        /// <summary>Stores text after a check for UTF-8.</summary>
        /// <param name="vector">The vector.</param>
        /// <param name="index">Its index.</param>
        /// <param name="text">The first byte.</param>
        /// <param name="length">How many bytes.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_vector_assign_string_element_len")]
        public static unsafe partial void DuckDBVectorAssignStringElementLength(
            IntPtr vector, ulong index, byte* text, long length);

        /// <summary>Stores a blob, or text known to be UTF-8, unchecked.</summary>
        /// <param name="vector">The vector.</param>
        /// <param name="index">Its index.</param>
        /// <param name="text">The first byte.</param>
        /// <param name="length">How many bytes.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_unsafe_vector_assign_string_element_len")]
        public static unsafe partial void DuckDBUnsafeVectorAssignStringElementLength(
            IntPtr vector, ulong index, byte* text, long length);

        /// <summary>The elements of all its lists.</summary>
        /// <param name="vector">The vector.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_list_vector_get_child")]
        public static partial IntPtr DuckDBListVectorGetChild(IntPtr vector);

        /// <summary>Says how many elements all its lists have.</summary>
        /// <param name="vector">The vector.</param>
        /// <param name="size">How many.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_list_vector_set_size")]
        public static partial DuckDBState DuckDBListVectorSetSize(IntPtr vector, ulong size);

        /// <summary>Makes room for that many elements.</summary>
        /// <param name="vector">The vector.</param>
        /// <param name="capacity">How many.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_list_vector_reserve")]
        public static partial DuckDBState DuckDBListVectorReserve(IntPtr vector, ulong capacity);

        /// <summary>The values of one field.</summary>
        /// <param name="vector">The vector.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_struct_vector_get_child")]
        public static partial IntPtr DuckDBStructVectorGetChild(IntPtr vector, long index);

        /// <summary>The elements of all its arrays.</summary>
        /// <param name="vector">The vector.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_array_vector_get_child")]
        public static partial IntPtr DuckDBArrayVectorGetChild(IntPtr vector);
    }
}
