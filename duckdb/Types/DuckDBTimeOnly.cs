using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A TIME by its parts.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBTimeOnly
{
    /// <summary>Puts a time together.</summary>
    /// <param name="hour">0 to 24.</param>
    /// <param name="minute">0 to 59.</param>
    /// <param name="second">0 to 59.</param>
    /// <param name="microsecond">0 to 999 999.</param>
    public DuckDBTimeOnly(byte hour, byte minute, byte second, int microsecond = 0)
    {
        Hour = hour;
        Min = minute;
        Sec = second;
        Microsecond = microsecond;
    }

    /// <summary>0 to 24.</summary>
    public byte Hour { get; }

    /// <summary>0 to 59.</summary>
    public byte Min { get; }

    /// <summary>0 to 59.</summary>
    public byte Sec { get; }

    /// <summary>0 to 999 999.</summary>
    public int Microsecond { get; }
}
