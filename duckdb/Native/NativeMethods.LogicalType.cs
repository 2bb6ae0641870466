using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Column types.</summary>
    public static partial class LogicalType
    {
        /// <summary>Makes a plain type.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_logical_type")]
        public static partial DuckDBLogicalType DuckDBCreateLogicalType(DuckDBType type);

        /// <summary>Makes a list of a type.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_list_type")]
        public static partial DuckDBLogicalType DuckDBCreateListType(DuckDBLogicalType type);

        /// <summary>Makes a decimal type.</summary>
        /// <param name="width">How many digits.</param>
        /// <param name="scale">How many of them behind the point.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_decimal_type")]
        public static partial DuckDBLogicalType DuckDBCreateDecimalType(byte width, byte scale);

        /// <summary>Its kind.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_type_id")]
        public static partial DuckDBType DuckDBGetTypeId(DuckDBLogicalType type);

        /// <summary>How many digits a decimal has.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_decimal_width")]
        public static partial byte DuckDBDecimalWidth(DuckDBLogicalType type);

        /// <summary>How many of them are behind the point.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_decimal_scale")]
        public static partial byte DuckDBDecimalScale(DuckDBLogicalType type);

        /// <summary>The integer that stores a decimal.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_decimal_internal_type")]
        public static partial DuckDBType DuckDBDecimalInternalType(DuckDBLogicalType type);

        /// <summary>The integer that stores an enum.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_enum_internal_type")]
        public static partial DuckDBType DuckDBEnumInternalType(DuckDBLogicalType type);

        /// <summary>How many labels an enum has.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_enum_dictionary_size")]
        public static partial uint DuckDBEnumDictionarySize(DuckDBLogicalType type);

        /// <summary>A label of an enum.</summary>
        /// <param name="type">The type.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_enum_dictionary_value", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(OwnedText))]
        public static partial string DuckDBEnumDictionaryValue(DuckDBLogicalType type, long index);

        /// <summary>What a list holds.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_list_type_child_type")]
        public static partial DuckDBLogicalType DuckDBListTypeChildType(DuckDBLogicalType type);

        /// <summary>What an array holds.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_array_type_child_type")]
        public static partial DuckDBLogicalType DuckDBArrayTypeChildType(DuckDBLogicalType type);

        /// <summary>How many elements an array has.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_array_type_array_size")]
        public static partial long DuckDBArrayVectorGetSize(DuckDBLogicalType type);

        /// <summary>The keys of a map.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_map_type_key_type")]
        public static partial DuckDBLogicalType DuckDBMapTypeKeyType(DuckDBLogicalType type);

        /// <summary>The values of a map.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_map_type_value_type")]
        public static partial DuckDBLogicalType DuckDBMapTypeValueType(DuckDBLogicalType type);

        /// <summary>How many fields a struct has.</summary>
        /// <param name="type">The type.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_struct_type_child_count")]
        public static partial long DuckDBStructTypeChildCount(DuckDBLogicalType type);

        /// <summary>The name of a field.</summary>
        /// <param name="type">The type.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_struct_type_child_name", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(OwnedText))]
        public static partial string DuckDBStructTypeChildName(DuckDBLogicalType type, long index);

        /// <summary>The type of a field.</summary>
        /// <param name="type">The type.</param>
        /// <param name="index">Its index.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_struct_type_child_type")]
        public static partial DuckDBLogicalType DuckDBStructTypeChildType(
            DuckDBLogicalType type, long index);
    }
}
