namespace DuckDB.NET.Native;

/// <summary>Reads one parameter of a function.</summary>
public interface IDuckDBValueReader
{
    /// <summary>Whether it is NULL.</summary>
    bool IsNull();

    /// <summary>Reads it.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    T GetValue<T>();
}
