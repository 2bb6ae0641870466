using System.Globalization;
using DuckDB.NET.Data;
using Tracing.Schemas;

namespace Tracing.Tests.Recording;

/// <summary>Reads a run's file the way any DuckDB user does.</summary>
internal static class ParquetRows
{
    public static List<EventRow> Read(string path)
    {
        var rows = new List<EventRow>();
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM '{path}'";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new EventRow();
            foreach (var column in Columns.All)
            {
                var value = reader.GetValue((int)column.Column);
                if (value is DBNull) continue;
                if (column.Column == Column.Source) row.Source = (string)value;
                else if (column.Column == Column.TimeNs) row.TimeNs = (long)value;
                else if (column.Column == Column.Note) row.Note = (string)value;
                else row[column.Column] = Number(column, value);
            }

            rows.Add(row);
        }

        return rows;
    }

    public static List<string> Query(string sql)
    {
        var rows = new List<string>();
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(field => Convert.ToString(reader.GetValue(field), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public static RunFacts Facts(string path)
    {
        var metadata = Query($"SELECT decode(key) || chr(0) || decode(value) FROM parquet_kv_metadata('{path}')")
            .Select(row => row.Split('\0', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return RunFacts.TryParse(metadata, out var facts, out var reason) ? facts : throw new InvalidDataException(reason);
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    private static ulong Number(ColumnDefinition column, object value)
    {
        if (column.Vocabulary is { } vocabulary)
            return vocabulary.TryNumberOf((string)value, out var number) ? number : throw new InvalidDataException((string)value);
        return value is bool isTrue ? (isTrue ? 1UL : 0) : Convert.ToUInt64(value, CultureInfo.InvariantCulture);
    }
}
