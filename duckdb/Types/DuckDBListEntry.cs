using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>Where the elements of one list stand in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBListEntry
{
    /// <summary>Makes an entry.</summary>
    /// <param name="offset">The index of the first element.</param>
    /// <param name="length">How many elements.</param>
    public DuckDBListEntry(ulong offset, ulong length)
    {
        Offset = offset;
        Length = length;
    }

    /// <summary>The index of the first element.</summary>
    public ulong Offset { get; }

    /// <summary>How many elements.</summary>
    public ulong Length { get; }
}
