using System.Numerics;
using Microsoft.Win32.SafeHandles;
using static DuckDB.NET.Native.NativeMethods.Value;

namespace DuckDB.NET.Native;

/// <summary>A single value: a parameter of a statement or of a function.</summary>
public sealed class DuckDBValue : SafeHandleZeroOrMinusOneIsInvalid, IDuckDBValueReader
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBValue()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc />
    public bool IsNull() => DuckDBIsNullValue(this);

    /// <inheritdoc />
    /// <exception cref="InvalidCastException">The value cannot be read as that type.</exception>
    public T GetValue<T>()
    {
        if (IsNull())
        {
            return default(T) is null
                ? default!
                : throw new InvalidCastException($"A NULL value is no {typeof(T).Name}.");
        }

        var target = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return (T)(target == typeof(object) ? ReadNatural() : Read(target));
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_value(ref handle);
        return true;
    }

    private object Read(Type target) => Type.GetTypeCode(target) switch
    {
        TypeCode.Boolean => DuckDBGetBool(this),
        TypeCode.SByte => DuckDBGetInt8(this),
        TypeCode.Byte => DuckDBGetUInt8(this),
        TypeCode.Int16 => DuckDBGetInt16(this),
        TypeCode.UInt16 => DuckDBGetUInt16(this),
        TypeCode.Int32 => DuckDBGetInt32(this),
        TypeCode.UInt32 => DuckDBGetUInt32(this),
        TypeCode.Int64 => DuckDBGetInt64(this),
        TypeCode.UInt64 => DuckDBGetUInt64(this),
        TypeCode.Single => DuckDBGetFloat(this),
        TypeCode.Double => DuckDBGetDouble(this),
        TypeCode.Decimal => ReadDecimal(),
        TypeCode.DateTime => ReadDateTime(),
        TypeCode.String => DuckDBGetVarchar(this) ?? string.Empty,
        _ => ReadOther(target),
    };

    private object ReadOther(Type target) => target switch
    {
        _ when target == typeof(Int128) => DuckDBGetHugeInt(this).ToInt128(),
        _ when target == typeof(UInt128) => DuckDBGetUHugeInt(this).ToUInt128(),
        _ when target == typeof(BigInteger) => ReadBigInteger(),
        _ when target == typeof(Guid) => ReadGuid(),
        _ when target == typeof(byte[]) => DuckDBGetBlob(this).TakeBytes(),
        _ when target == typeof(TimeSpan) => (TimeSpan)DuckDBGetInterval(this),
        _ when target == typeof(DuckDBInterval) => DuckDBGetInterval(this),
        _ when target == typeof(DateOnly) => DateOnly.FromDateTime(ReadDateTime()),
        _ when target == typeof(DuckDBDateOnly) =>
            DuckDBDateOnly.FromDuckDBDate(DuckDBGetDate(this)),
        _ when target == typeof(TimeOnly) =>
            new TimeOnly(DuckDBGetTime(this).Micros * TimeSpan.TicksPerMicrosecond),
        _ when target == typeof(DateTimeOffset) =>
            new DateTimeOffset(ReadDateTime(), TimeSpan.Zero),
        _ => throw new InvalidCastException(
            $"A parameter of type {Kind} cannot be read as {target.Name}."),
    };

    private object ReadNatural() => Kind switch
    {
        DuckDBType.Boolean => DuckDBGetBool(this),
        DuckDBType.TinyInt => DuckDBGetInt8(this),
        DuckDBType.SmallInt => DuckDBGetInt16(this),
        DuckDBType.Integer => DuckDBGetInt32(this),
        DuckDBType.BigInt => DuckDBGetInt64(this),
        DuckDBType.UnsignedTinyInt => DuckDBGetUInt8(this),
        DuckDBType.UnsignedSmallInt => DuckDBGetUInt16(this),
        DuckDBType.UnsignedInteger => DuckDBGetUInt32(this),
        DuckDBType.UnsignedBigInt => DuckDBGetUInt64(this),
        DuckDBType.Float => DuckDBGetFloat(this),
        DuckDBType.Double => DuckDBGetDouble(this),
        DuckDBType.Decimal => ReadDecimal(),
        DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt => ReadBigInteger(),
        DuckDBType.Uuid => ReadGuid(),
        DuckDBType.Blob => DuckDBGetBlob(this).TakeBytes(),
        DuckDBType.Interval => (TimeSpan)DuckDBGetInterval(this),
        DuckDBType.Date or DuckDBType.Timestamp or DuckDBType.TimestampTz => ReadDateTime(),
        _ => DuckDBGetVarchar(this) ?? string.Empty,
    };

    // The type stays the value's own, so it is not freed.
    private DuckDBType Kind => DuckDBGetTypeIdOf(DuckDBGetValueType(this));

    private DateTime ReadDateTime() => Kind == DuckDBType.Date
        ? DateTime.UnixEpoch.AddDays(DuckDBGetDate(this).Days)
        : DateTime.UnixEpoch.AddTicks(DuckDBGetTimestamp(this).Micros * TimeSpan.TicksPerMicrosecond);

    private BigInteger ReadBigInteger() => Kind == DuckDBType.UnsignedHugeInt
        ? DuckDBGetUHugeInt(this).ToBigInteger()
        : DuckDBGetHugeInt(this).ToBigInteger();

    private decimal ReadDecimal()
    {
        if (Kind != DuckDBType.Decimal)
        {
            return (decimal)DuckDBGetDouble(this);
        }

        var value = DuckDBGetDecimal(this);
        var digits = (decimal)value.Value.ToBigInteger();
        for (var place = 0; place < value.Scale; place++)
        {
            digits /= 10m;
        }

        return digits;
    }

    // The C interface hands a UUID out as its 128 bits, most significant first.
    private Guid ReadGuid()
    {
        var number = DuckDBGetUuid(this);
        var bits = new UInt128(unchecked((ulong)number.Upper), number.Lower);
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new Guid(bytes, bigEndian: true);
    }
}
