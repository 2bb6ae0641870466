namespace DuckDB.NET.Native;

/// <summary>The kind of an error, numbered as in DuckDB's C interface.</summary>
public enum DuckDBErrorType
{
    /// <summary>Not an error.</summary>
    Invalid = 0,

    /// <summary>A value is out of range.</summary>
    OutOfRange = 1,

    /// <summary>A value does not convert.</summary>
    Conversion = 2,

    /// <summary>A type is unknown.</summary>
    UnknownType = 3,

    /// <summary>A decimal does not fit.</summary>
    Decimal = 4,

    /// <summary>Types differ.</summary>
    MismatchType = 5,

    /// <summary>A division by zero.</summary>
    DivideByZero = 6,

    /// <summary>An object is too large.</summary>
    ObjectSize = 7,

    /// <summary>A type does not fit here.</summary>
    InvalidType = 8,

    /// <summary>Something cannot be serialized.</summary>
    Serialization = 9,

    /// <summary>The transaction cannot go on.</summary>
    Transaction = 10,

    /// <summary>DuckDB does not do this.</summary>
    NotImplemented = 11,

    /// <summary>An expression is wrong.</summary>
    Expression = 12,

    /// <summary>A table or function is missing or exists.</summary>
    Catalog = 13,

    /// <summary>The text is not SQL.</summary>
    Parser = 14,

    /// <summary>No plan.</summary>
    Planner = 15,

    /// <summary>The scheduler failed.</summary>
    Scheduler = 16,

    /// <summary>The execution failed.</summary>
    Executor = 17,

    /// <summary>A constraint is violated.</summary>
    Constraint = 18,

    /// <summary>An index failed.</summary>
    Index = 19,

    /// <summary>Statistics failed.</summary>
    Stat = 20,

    /// <summary>The connection failed.</summary>
    Connection = 21,

    /// <summary>The syntax is wrong.</summary>
    Syntax = 22,

    /// <summary>A setting is wrong.</summary>
    Settings = 23,

    /// <summary>A name or a type does not resolve.</summary>
    Binder = 24,

    /// <summary>The network failed.</summary>
    Network = 25,

    /// <summary>The optimizer failed.</summary>
    Optimizer = 26,

    /// <summary>A null pointer.</summary>
    NullPointer = 27,

    /// <summary>Input or output failed.</summary>
    Io = 28,

    /// <summary>The statement was interrupted.</summary>
    Interrupt = 29,

    /// <summary>The instance is lost.</summary>
    Fatal = 30,

    /// <summary>A defect within DuckDB.</summary>
    Internal = 31,

    /// <summary>The input is wrong.</summary>
    InvalidInput = 32,

    /// <summary>The memory limit is reached.</summary>
    OutOfMemory = 33,

    /// <summary>It is not permitted.</summary>
    Permission = 34,

    /// <summary>The type of a parameter is open.</summary>
    ParameterNotResolved = 35,

    /// <summary>A parameter may not stand here.</summary>
    ParameterNotAllowed = 36,

    /// <summary>Something depends on it.</summary>
    Dependency = 37,

    /// <summary>HTTP failed.</summary>
    Http = 38,

    /// <summary>An extension is missing.</summary>
    MissingExtension = 39,

    /// <summary>An extension did not load.</summary>
    Autoload = 40,

    /// <summary>A sequence failed.</summary>
    Sequence = 41,

    /// <summary>The configuration is wrong.</summary>
    InvalidConfiguration = 42,
}
