using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A TIME WITH TIME ZONE by its parts.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBTimeTz
{
    /// <summary>The time of day at the offset.</summary>
    public DuckDBTimeOnly Time { get; }

    /// <summary>Seconds east of UTC.</summary>
    public int Offset { get; }
}
