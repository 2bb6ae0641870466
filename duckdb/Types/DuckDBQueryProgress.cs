using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>How far the running statement is.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBQueryProgress
{
    /// <summary>0 to 100, or -1 when DuckDB cannot tell.</summary>
    public double Percentage { get; }

    /// <summary>Rows done.</summary>
    public ulong RowsProcessed { get; }

    /// <summary>Rows to do, as estimated.</summary>
    public ulong TotalRowsToProcess { get; }
}
