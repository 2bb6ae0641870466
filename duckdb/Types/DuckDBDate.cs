using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A DATE as DuckDB stores it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBDate
{
    /// <summary>Days since 1970-01-01.</summary>
    public int Days { readonly get; set; }

    /// <summary>Whether it stands for plus or minus infinity.</summary>
    public readonly bool IsInfinity => Days is int.MaxValue or -int.MaxValue;
}
