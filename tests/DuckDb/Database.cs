using DuckDB.NET.Data;
using Xunit;

namespace Tracing.Tests.DuckDb;

/// <summary>A private database in memory, for one test.</summary>
internal sealed class Database : IDisposable
{
    public Database()
    {
        Connection = new DuckDBConnection("DataSource=:memory:");
        Connection.Open();
    }

    public DuckDBConnection Connection { get; }

    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    public object? Value(string sql, params object[] parameters)
    {
        using var command = Command(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(parameter));
        }

        return command.ExecuteScalar();
    }

    public T Field<T>(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return reader.GetFieldValue<T>(0);
    }

    public DuckDBCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Dispose() => Connection.Dispose();
}
