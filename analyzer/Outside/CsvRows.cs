using DuckDB.NET.Data;

namespace Tracing.Analysis.Outside;

/// <summary>Comma-separated values with a heading (RFC 4180); null is empty, an empty text is quoted.</summary>
internal sealed class CsvRows : IRowSink
{
    private readonly TextWriter writer;

    public CsvRows(TextWriter writer, IReadOnlyList<string> names)
    {
        this.writer = writer;
        writer.Write(string.Join(',', names.Select(Quote)));
        writer.Write('\n');
    }

    public void Write(DuckDBDataReader row)
    {
        for (var index = 0; index < row.FieldCount; index++)
        {
            if (index > 0) writer.Write(',');
            if (ValueText.Of(row, index) is { } text) writer.Write(Quote(text));
        }

        writer.Write('\n');
    }

    public void Finish() => writer.Flush();

    private static string Quote(string text)
        => text.Length == 0 || text.AsSpan().IndexOfAny(',', '"', '\n') >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
