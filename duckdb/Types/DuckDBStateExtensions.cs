namespace DuckDB.NET.Native;

/// <summary>Questions to ask of a <see cref="DuckDBState"/>.</summary>
public static class DuckDBStateExtensions
{
    /// <summary>Whether the call succeeded.</summary>
    /// <param name="state">What the call returned.</param>
    public static bool IsSuccess(this DuckDBState state) => state == DuckDBState.Success;
}
