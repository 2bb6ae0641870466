using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A TIMESTAMP of any precision as DuckDB stores it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBTimestampStruct
{
    /// <summary>
    /// Microseconds since 1970-01-01 (seconds, milliseconds or nanoseconds when the column type
    /// says so).
    /// </summary>
    public long Micros { readonly get; set; }

    /// <summary>Whether it stands for plus or minus infinity.</summary>
    public readonly bool IsInfinity => Micros is long.MaxValue or -long.MaxValue;
}
