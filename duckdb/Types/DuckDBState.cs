namespace DuckDB.NET.Native;

/// <summary>Whether a native call succeeded.</summary>
public enum DuckDBState
{
    /// <summary>It did.</summary>
    Success = 0,

    /// <summary>It did not; the object at hand has the reason.</summary>
    Error = 1,
}
