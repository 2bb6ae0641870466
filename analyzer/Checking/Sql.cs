using System.Text;

namespace Tracing.Analysis.Checking;

/// <summary>Writes values into SQL text.</summary>
internal static class Sql
{
    /// <summary>A string literal.</summary>
    public static string Text(string? value) => value is null ? "null" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// The literal of one file's path where DuckDB takes a pattern: whatever the file is called, it means that file. The
    /// whole path, since DuckDB also knows <c>~</c> and addresses of servers.
    /// </summary>
    public static string File(string path) => Text(PatternOf(path));

    /// <summary>A list literal of such paths.</summary>
    public static string FileList(IEnumerable<string> paths) => TextList(paths.Select(PatternOf));

    /// <summary>A list literal of strings.</summary>
    public static string TextList(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]::varchar[]";

    /// <summary>The pattern that means this file.</summary>
    public static string PatternOf(string path)
    {
        var pattern = new StringBuilder();
        foreach (var letter in Path.GetFullPath(path))
        {
            if (letter is '*' or '?' or '[') pattern.Append('[').Append(letter).Append(']');
            else pattern.Append(letter);
        }

        return pattern.ToString();
    }

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
