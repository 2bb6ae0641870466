using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A BIGNUM: its magnitude, most significant byte first, and its sign.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBBignum
{
    /// <summary>Makes a view over a magnitude; the memory stays the caller's.</summary>
    /// <param name="data">The first byte.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="isNegative">1 when negative, else 0.</param>
    public DuckDBBignum(IntPtr data, ulong size, byte isNegative)
    {
        Data = data;
        Size = size;
        IsNegative = isNegative;
    }

    /// <summary>The first byte.</summary>
    public IntPtr Data { get; }

    /// <summary>How many bytes.</summary>
    public ulong Size { get; }

    /// <summary>1 when negative, else 0.</summary>
    public byte IsNegative { get; }
}
