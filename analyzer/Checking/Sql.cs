using System.Text;

namespace Tracing.Analysis.Checking;

/// <summary>Writes values into SQL text.</summary>
internal static class Sql
{
    /// <summary>A string literal.</summary>
    public static string Text(string? value) => value is null ? "null" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list literal of strings.</summary>
    public static string TextList(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]::varchar[]";

    /// <summary>A quoted name.</summary>
    public static string Name(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Appends a statement that inserts the rows; none if there are no rows.</summary>
    public static void AppendInsert(StringBuilder text, string table, IEnumerable<IReadOnlyList<string>> rows)
    {
        var isFirst = true;
        foreach (var row in rows)
        {
            text.Append(isFirst ? $"insert into {table} values\n(" : ",\n(").AppendJoin(", ", row).Append(')');
            isFirst = false;
        }

        if (!isFirst) text.Append(";\n");
    }
}
