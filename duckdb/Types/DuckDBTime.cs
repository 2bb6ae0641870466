using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A TIME as DuckDB stores it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBTime
{
    /// <summary>Microseconds since midnight.</summary>
    public long Micros { readonly get; set; }
}
