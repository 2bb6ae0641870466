using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Single values: parameters of statements and functions.</summary>
    public static partial class Value
    {
        /// <summary>Makes a BOOLEAN.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_bool")]
        public static partial DuckDBValue DuckDBCreateBool(
            [MarshalAs(UnmanagedType.U1)] bool value);

        /// <summary>Makes a TINYINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_int8")]
        public static partial DuckDBValue DuckDBCreateInt8(sbyte value);

        /// <summary>Makes a UTINYINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_uint8")]
        public static partial DuckDBValue DuckDBCreateUInt8(byte value);

        /// <summary>Makes a SMALLINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_int16")]
        public static partial DuckDBValue DuckDBCreateInt16(short value);

        /// <summary>Makes a USMALLINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_uint16")]
        public static partial DuckDBValue DuckDBCreateUInt16(ushort value);

        /// <summary>Makes an INTEGER.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_int32")]
        public static partial DuckDBValue DuckDBCreateInt32(int value);

        /// <summary>Makes a UINTEGER.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_uint32")]
        public static partial DuckDBValue DuckDBCreateUInt32(uint value);

        /// <summary>Makes a BIGINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_int64")]
        public static partial DuckDBValue DuckDBCreateInt64(long value);

        /// <summary>Makes a UBIGINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_uint64")]
        public static partial DuckDBValue DuckDBCreateUInt64(ulong value);

        /// <summary>Makes a HUGEINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_hugeint")]
        public static partial DuckDBValue DuckDBCreateHugeInt(DuckDBHugeInt value);

        /// <summary>Makes a UHUGEINT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_uhugeint")]
        public static partial DuckDBValue DuckDBCreateUHugeInt(DuckDBUHugeInt value);

        /// <summary>Makes a FLOAT.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_float")]
        public static partial DuckDBValue DuckDBCreateFloat(float value);

        /// <summary>Makes a DOUBLE.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_double")]
        public static partial DuckDBValue DuckDBCreateDouble(double value);

        /// <summary>Makes a DECIMAL.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_decimal")]
        public static partial DuckDBValue DuckDBCreateDecimal(DuckDBDecimal value);

        /// <summary>Makes a BIGNUM.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_bignum")]
        public static partial DuckDBValue DuckDBCreateBignum(DuckDBBignum value);

        /// <summary>Makes a UUID.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_uuid")]
        public static partial DuckDBValue DuckDBCreateUuid(DuckDBHugeInt value);

        /// <summary>Makes a DATE.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_date")]
        public static partial DuckDBValue DuckDBCreateDate(DuckDBDate value);

        /// <summary>Makes a TIME.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_time")]
        public static partial DuckDBValue DuckDBCreateTime(DuckDBTime value);

        /// <summary>Makes a TIME WITH TIME ZONE.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_time_tz_value")]
        public static partial DuckDBValue DuckDBCreateTimeTz(DuckDBTimeTzStruct value);

        /// <summary>Makes a TIMESTAMP.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_timestamp")]
        public static partial DuckDBValue DuckDBCreateTimestamp(DuckDBTimestampStruct value);

        /// <summary>Makes a TIMESTAMP_S.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_timestamp_s")]
        public static partial DuckDBValue DuckDBCreateTimestampS(DuckDBTimestampStruct value);

        /// <summary>Makes a TIMESTAMP_MS.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_timestamp_ms")]
        public static partial DuckDBValue DuckDBCreateTimestampMs(DuckDBTimestampStruct value);

        /// <summary>Makes a TIMESTAMP_NS.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_timestamp_ns")]
        public static partial DuckDBValue DuckDBCreateTimestampNs(DuckDBTimestampStruct value);

        /// <summary>Makes a TIMESTAMP WITH TIME ZONE.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_timestamp_tz")]
        public static partial DuckDBValue DuckDBCreateTimestampTz(DuckDBTimestampStruct value);

        /// <summary>Makes an INTERVAL.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_interval")]
        public static partial DuckDBValue DuckDBCreateInterval(DuckDBInterval value);

        /// <summary>Makes a VARCHAR.</summary>
        /// <param name="value">The value.</param>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_create_varchar", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBValue DuckDBCreateVarchar(string value);

        /// <summary>Makes a BLOB.</summary>
        /// <param name="value">The value.</param>
        /// <param name="length">How many bytes.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_blob")]
        public static partial DuckDBValue DuckDBCreateBlob(byte[] value, long length);

        /// <summary>Makes a NULL.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_null_value")]
        public static partial DuckDBValue DuckDBCreateNullValue();

        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_list_value")]
        private static unsafe partial DuckDBValue CreateListValue(
            DuckDBLogicalType type, IntPtr* values, ulong count);

        [LibraryImport(LibraryName, EntryPoint = "duckdb_create_array_value")]
        private static unsafe partial DuckDBValue CreateArrayValue(
            DuckDBLogicalType type, IntPtr* values, ulong count);

        /// <summary>Makes a LIST; the elements are copied.</summary>
        /// <param name="type">The type of the elements.</param>
        /// <param name="values">The elements.</param>
        /// <param name="count">How many of them.</param>
        public static unsafe DuckDBValue DuckDBCreateListValue(
            DuckDBLogicalType type, DuckDBValue[] values, int count)
        {
            using var borrowed = new BorrowedHandles(values, count);
            fixed (IntPtr* first = borrowed.Pointers)
            {
                return CreateListValue(type, first, (ulong)count);
            }
        }

        /// <summary>Makes an ARRAY; the elements are copied.</summary>
        /// <param name="type">The type of the elements.</param>
        /// <param name="values">The elements.</param>
        /// <param name="count">How many of them.</param>
        public static unsafe DuckDBValue DuckDBCreateArrayValue(
            DuckDBLogicalType type, DuckDBValue[] values, int count)
        {
            using var borrowed = new BorrowedHandles(values, count);
            fixed (IntPtr* first = borrowed.Pointers)
            {
                return CreateArrayValue(type, first, (ulong)count);
            }
        }

        /// <summary>Reads a BOOLEAN.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_bool")]
        [return: MarshalAs(UnmanagedType.U1)]
        internal static partial bool DuckDBGetBool(DuckDBValue value);

        /// <summary>Reads a TINYINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_int8")]
        internal static partial sbyte DuckDBGetInt8(DuckDBValue value);

        /// <summary>Reads a UTINYINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_uint8")]
        internal static partial byte DuckDBGetUInt8(DuckDBValue value);

        /// <summary>Reads a SMALLINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_int16")]
        internal static partial short DuckDBGetInt16(DuckDBValue value);

        /// <summary>Reads a USMALLINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_uint16")]
        internal static partial ushort DuckDBGetUInt16(DuckDBValue value);

        /// <summary>Reads an INTEGER.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_int32")]
        internal static partial int DuckDBGetInt32(DuckDBValue value);

        /// <summary>Reads a UINTEGER.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_uint32")]
        internal static partial uint DuckDBGetUInt32(DuckDBValue value);

        /// <summary>Reads a BIGINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_int64")]
        internal static partial long DuckDBGetInt64(DuckDBValue value);

        /// <summary>Reads a UBIGINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_uint64")]
        internal static partial ulong DuckDBGetUInt64(DuckDBValue value);

        /// <summary>Reads a HUGEINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_hugeint")]
        internal static partial DuckDBHugeInt DuckDBGetHugeInt(DuckDBValue value);

        /// <summary>Reads a UHUGEINT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_uhugeint")]
        internal static partial DuckDBUHugeInt DuckDBGetUHugeInt(DuckDBValue value);

        /// <summary>Reads a FLOAT.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_float")]
        internal static partial float DuckDBGetFloat(DuckDBValue value);

        /// <summary>Reads a DOUBLE.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_double")]
        internal static partial double DuckDBGetDouble(DuckDBValue value);

        /// <summary>Reads a DECIMAL.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_decimal")]
        internal static partial DuckDBDecimal DuckDBGetDecimal(DuckDBValue value);

        /// <summary>Reads a BIGNUM.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_bignum")]
        internal static partial DuckDBBignum DuckDBGetBignum(DuckDBValue value);

        /// <summary>Reads a UUID.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_uuid")]
        internal static partial DuckDBHugeInt DuckDBGetUuid(DuckDBValue value);

        /// <summary>Reads a DATE.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_date")]
        internal static partial DuckDBDate DuckDBGetDate(DuckDBValue value);

        /// <summary>Reads a TIME.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_time")]
        internal static partial DuckDBTime DuckDBGetTime(DuckDBValue value);

        /// <summary>Reads a TIME WITH TIME ZONE.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_time_tz")]
        internal static partial DuckDBTimeTzStruct DuckDBGetTimeTz(DuckDBValue value);

        /// <summary>Reads a TIMESTAMP.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_timestamp")]
        internal static partial DuckDBTimestampStruct DuckDBGetTimestamp(DuckDBValue value);

        /// <summary>Reads a TIMESTAMP_S.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_timestamp_s")]
        internal static partial DuckDBTimestampStruct DuckDBGetTimestampS(DuckDBValue value);

        /// <summary>Reads a TIMESTAMP_MS.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_timestamp_ms")]
        internal static partial DuckDBTimestampStruct DuckDBGetTimestampMs(DuckDBValue value);

        /// <summary>Reads a TIMESTAMP_NS.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_timestamp_ns")]
        internal static partial DuckDBTimestampStruct DuckDBGetTimestampNs(DuckDBValue value);

        /// <summary>Reads a TIMESTAMP WITH TIME ZONE.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_timestamp_tz")]
        internal static partial DuckDBTimestampStruct DuckDBGetTimestampTz(DuckDBValue value);

        /// <summary>Reads an INTERVAL.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_interval")]
        internal static partial DuckDBInterval DuckDBGetInterval(DuckDBValue value);

        /// <summary>Reads it as text.</summary>
        [LibraryImport(
            LibraryName, EntryPoint = "duckdb_get_varchar", StringMarshalling = StringMarshalling.Utf8)]
        [return: MarshalUsing(typeof(OwnedText))]
        internal static partial string? DuckDBGetVarchar(DuckDBValue value);

        /// <summary>Reads a BLOB; the caller frees it.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_blob")]
        internal static unsafe partial NativeBlob DuckDBGetBlob(DuckDBValue value);

        /// <summary>Whether it is NULL.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_is_null_value")]
        [return: MarshalAs(UnmanagedType.U1)]
        internal static partial bool DuckDBIsNullValue(DuckDBValue value);

        /// <summary>Its type, which stays the value's.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_value_type")]
        internal static partial IntPtr DuckDBGetValueType(DuckDBValue value);

        /// <summary>The kind of a borrowed type.</summary>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_get_type_id")]
        internal static partial DuckDBType DuckDBGetTypeIdOf(IntPtr type);
    }
}
