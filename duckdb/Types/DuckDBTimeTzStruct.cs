using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A TIME WITH TIME ZONE as DuckDB stores it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBTimeTzStruct
{
    /// <summary>40 bits of microseconds, then 24 bits of offset.</summary>
    public ulong Bits { readonly get; set; }
}
