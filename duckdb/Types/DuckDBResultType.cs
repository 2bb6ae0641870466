namespace DuckDB.NET.Native;

/// <summary>What a statement gives back.</summary>
public enum DuckDBResultType
{
    /// <summary>Nothing; it failed.</summary>
    Invalid = 0,

    /// <summary>A count of changed rows.</summary>
    ChangedRows = 1,

    /// <summary>Nothing.</summary>
    Nothing = 2,

    /// <summary>Rows.</summary>
    QueryResult = 3,
}
