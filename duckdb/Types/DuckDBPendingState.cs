namespace DuckDB.NET.Native;

/// <summary>How far a pending statement is.</summary>
public enum DuckDBPendingState
{
    /// <summary>Its result can be taken.</summary>
    ResultReady = 0,

    /// <summary>More steps are needed.</summary>
    ResultNotReady = 1,

    /// <summary>It failed.</summary>
    Error = 2,

    /// <summary>Nothing to do for this thread at the moment.</summary>
    NoTasksAvailable = 3,
}
