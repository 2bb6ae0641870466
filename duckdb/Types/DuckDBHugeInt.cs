using System.Numerics;
using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A signed 128-bit number as DuckDB stores it: low half, then high half.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBHugeInt
{
    /// <summary>Puts a number together from its halves.</summary>
    /// <param name="lower">The low 64 bits.</param>
    /// <param name="upper">The high 64 bits, with the sign.</param>
    public DuckDBHugeInt(ulong lower, long upper)
    {
        Lower = lower;
        Upper = upper;
    }

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="OverflowException">It needs more than 128 bits.</exception>
    public DuckDBHugeInt(BigInteger value)
        : this((Int128)value)
    {
    }

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    public DuckDBHugeInt(Int128 value)
        : this(unchecked((ulong)value), unchecked((long)(value >> 64)))
    {
    }

    /// <summary>The low 64 bits.</summary>
    public ulong Lower { get; }

    /// <summary>The high 64 bits, with the sign.</summary>
    public long Upper { get; }

    /// <summary>The least number, -2^127.</summary>
    public static BigInteger HugeIntMinValue => Int128.MinValue;

    /// <summary>The greatest number, 2^127 - 1.</summary>
    public static BigInteger HugeIntMaxValue => Int128.MaxValue;

    /// <summary>The number.</summary>
    public BigInteger ToBigInteger() => ToInt128();

    /// <summary>The number.</summary>
    public Int128 ToInt128() => new(unchecked((ulong)Upper), Lower);
}
