namespace Tracing.Schemas;

/// <summary>How a column's values are typed in Parquet, by DuckDB's names.</summary>
public enum ColumnType
{
    /// <summary>BIGINT.</summary>
    Int64,
    /// <summary>UBIGINT.</summary>
    UInt64,
    /// <summary>UINTEGER.</summary>
    UInt32,
    /// <summary>USMALLINT.</summary>
    UInt16,
    /// <summary>UTINYINT.</summary>
    UInt8,
    /// <summary>BOOLEAN.</summary>
    Boolean,
    /// <summary>VARCHAR, dictionary-encoded, one of the names of <see cref="ColumnDefinition.Vocabulary"/>.</summary>
    Enumeration,
    /// <summary>VARCHAR.</summary>
    Text,
}

/// <summary>A column of the event table: the one statement of its name, type, meaning and place in the record.</summary>
/// <param name="Column">Which column.</param>
/// <param name="Type">Its type in Parquet.</param>
/// <param name="Meaning">What it says, with unit and what null means.</param>
/// <param name="Offset">Byte offset in <see cref="EventRecord"/>; -1 if sealing makes the value.</param>
/// <param name="Presence">Bit of the record's presence mask that says that the value is there; -1 if the column is always there or encodes its own absence.</param>
/// <param name="Vocabulary">The names of an enumeration column, by stored number; null otherwise and for <c>source</c>, whose names are the run's own.</param>
public sealed record ColumnDefinition(
    Column Column,
    ColumnType Type,
    string Meaning,
    int Offset = -1,
    int Presence = -1,
    Vocabulary? Vocabulary = null)
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = SnakeCase.Of(Column.ToString());

    /// <summary>The type in DuckDB's words.</summary>
    public string SqlType => Type switch
    {
        ColumnType.Int64 => "BIGINT",
        ColumnType.UInt64 => "UBIGINT",
        ColumnType.UInt32 => "UINTEGER",
        ColumnType.UInt16 => "USMALLINT",
        ColumnType.UInt8 => "UTINYINT",
        ColumnType.Boolean => "BOOLEAN",
        _ => "VARCHAR",
    };
}
