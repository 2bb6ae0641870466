using System.Numerics;
using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>An unsigned 128-bit number as DuckDB stores it: low half, then high half.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBUHugeInt
{
    /// <summary>Puts a number together from its halves.</summary>
    /// <param name="lower">The low 64 bits.</param>
    /// <param name="upper">The high 64 bits.</param>
    public DuckDBUHugeInt(ulong lower, ulong upper)
    {
        Lower = lower;
        Upper = upper;
    }

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="OverflowException">It is negative or needs more than 128 bits.</exception>
    public DuckDBUHugeInt(BigInteger value)
        : this((UInt128)value)
    {
    }

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    public DuckDBUHugeInt(UInt128 value)
        : this(unchecked((ulong)value), unchecked((ulong)(value >> 64)))
    {
    }

    /// <summary>The low 64 bits.</summary>
    public ulong Lower { get; }

    /// <summary>The high 64 bits.</summary>
    public ulong Upper { get; }

    /// <summary>The least number, 0.</summary>
    public static BigInteger HugeIntMinValue => BigInteger.Zero;

    /// <summary>The greatest number, 2^128 - 1.</summary>
    public static BigInteger HugeIntMaxValue => UInt128.MaxValue;

    /// <summary>The number.</summary>
    public BigInteger ToBigInteger() => ToUInt128();

    /// <summary>The number.</summary>
    public UInt128 ToUInt128() => new(Upper, Lower);
}
