using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A DECIMAL value: a whole number and how many of its digits are behind the point.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBDecimal
{
    /// <summary>Makes a value.</summary>
    /// <param name="width">How many digits.</param>
    /// <param name="scale">How many of them behind the point.</param>
    /// <param name="value">The digits.</param>
    public DuckDBDecimal(byte width, byte scale, DuckDBHugeInt value)
    {
        Width = width;
        Scale = scale;
        Value = value;
    }

    /// <summary>How many digits.</summary>
    public byte Width { get; }

    /// <summary>How many of them behind the point.</summary>
    public byte Scale { get; }

    /// <summary>The digits.</summary>
    public DuckDBHugeInt Value { get; }
}
