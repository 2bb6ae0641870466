namespace DuckDB.NET.Native;

/// <summary>What a prepared statement does, numbered as in DuckDB's C interface.</summary>
public enum DuckDBStatementType
{
    /// <summary>Not a statement.</summary>
    Invalid = 0,

    /// <summary>Reads rows.</summary>
    Select = 1,

    /// <summary>Adds rows.</summary>
    Insert = 2,

    /// <summary>Changes rows.</summary>
    Update = 3,

    /// <summary>Explains another statement (and may run it).</summary>
    Explain = 4,

    /// <summary>Removes rows.</summary>
    Delete = 5,

    /// <summary>Prepares a named statement.</summary>
    Prepare = 6,

    /// <summary>Creates an object.</summary>
    Create = 7,

    /// <summary>Executes a named statement.</summary>
    Execute = 8,

    /// <summary>Alters an object.</summary>
    Alter = 9,

    /// <summary>Begins or ends a transaction.</summary>
    Transaction = 10,

    /// <summary>Copies to or from a file.</summary>
    Copy = 11,

    /// <summary>Collects statistics.</summary>
    Analyze = 12,

    /// <summary>Sets a variable.</summary>
    VariableSet = 13,

    /// <summary>Creates a function.</summary>
    CreateFunc = 14,

    /// <summary>Drops an object.</summary>
    Drop = 15,

    /// <summary>Exports a database.</summary>
    Export = 16,

    /// <summary>A pragma.</summary>
    Pragma = 17,

    /// <summary>Vacuums.</summary>
    Vacuum = 18,

    /// <summary>Calls a function.</summary>
    Call = 19,

    /// <summary>Changes a setting.</summary>
    Set = 20,

    /// <summary>Loads an extension.</summary>
    Load = 21,

    /// <summary>A relation of the API.</summary>
    Relation = 22,

    /// <summary>A statement of an extension.</summary>
    Extension = 23,

    /// <summary>A plan of the API.</summary>
    LogicalPlan = 24,

    /// <summary>Attaches a database.</summary>
    Attach = 25,

    /// <summary>Detaches a database.</summary>
    Detach = 26,

    /// <summary>Several statements in one.</summary>
    Multi = 27,
}
