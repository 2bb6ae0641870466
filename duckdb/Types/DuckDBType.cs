namespace DuckDB.NET.Native;

/// <summary>The kind of a column type, numbered as in DuckDB's C interface.</summary>
public enum DuckDBType
{
    /// <summary>No type.</summary>
    Invalid = 0,

    /// <summary>BOOLEAN.</summary>
    Boolean = 1,

    /// <summary>TINYINT, 8 bits.</summary>
    TinyInt = 2,

    /// <summary>SMALLINT, 16 bits.</summary>
    SmallInt = 3,

    /// <summary>INTEGER, 32 bits.</summary>
    Integer = 4,

    /// <summary>BIGINT, 64 bits.</summary>
    BigInt = 5,

    /// <summary>UTINYINT, 8 bits.</summary>
    UnsignedTinyInt = 6,

    /// <summary>USMALLINT, 16 bits.</summary>
    UnsignedSmallInt = 7,

    /// <summary>UINTEGER, 32 bits.</summary>
    UnsignedInteger = 8,

    /// <summary>UBIGINT, 64 bits.</summary>
    UnsignedBigInt = 9,

    /// <summary>FLOAT, 32 bits.</summary>
    Float = 10,

    /// <summary>DOUBLE, 64 bits.</summary>
    Double = 11,

    /// <summary>TIMESTAMP, microseconds.</summary>
    Timestamp = 12,

    /// <summary>DATE, days.</summary>
    Date = 13,

    /// <summary>TIME, microseconds.</summary>
    Time = 14,

    /// <summary>INTERVAL: months, days, microseconds.</summary>
    Interval = 15,

    /// <summary>HUGEINT, 128 bits.</summary>
    HugeInt = 16,

    /// <summary>VARCHAR, UTF-8.</summary>
    Varchar = 17,

    /// <summary>BLOB.</summary>
    Blob = 18,

    /// <summary>DECIMAL(width, scale).</summary>
    Decimal = 19,

    /// <summary>TIMESTAMP_S, seconds.</summary>
    TimestampS = 20,

    /// <summary>TIMESTAMP_MS, milliseconds.</summary>
    TimestampMs = 21,

    /// <summary>TIMESTAMP_NS, nanoseconds.</summary>
    TimestampNs = 22,

    /// <summary>ENUM: an index into labels.</summary>
    Enum = 23,

    /// <summary>LIST.</summary>
    List = 24,

    /// <summary>STRUCT.</summary>
    Struct = 25,

    /// <summary>MAP.</summary>
    Map = 26,

    /// <summary>UUID.</summary>
    Uuid = 27,

    /// <summary>UNION.</summary>
    Union = 28,

    /// <summary>BIT.</summary>
    Bit = 29,

    /// <summary>TIME WITH TIME ZONE.</summary>
    TimeTz = 30,

    /// <summary>TIMESTAMP WITH TIME ZONE.</summary>
    TimestampTz = 31,

    /// <summary>UHUGEINT, 128 bits.</summary>
    UnsignedHugeInt = 32,

    /// <summary>ARRAY of a fixed length.</summary>
    Array = 33,

    /// <summary>Any type; in function signatures.</summary>
    Any = 34,

    /// <summary>BIGNUM, of any length.</summary>
    Bignum = 35,

    /// <summary>The type of a bare NULL.</summary>
    SqlNull = 36,

    /// <summary>A literal not yet typed.</summary>
    StringLiteral = 37,

    /// <summary>A literal not yet typed.</summary>
    IntegerLiteral = 38,

    /// <summary>TIME_NS, nanoseconds.</summary>
    TimeNs = 39,

    /// <summary>GEOMETRY.</summary>
    Geometry = 40,
}
