using System.Text;
using DuckDB.NET.Data;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Outside;

/// <summary>Prints the rows of a query as they come, in bounded memory.</summary>
internal static class RowPrinter
{
    /// <summary>The formats that are text.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["table", "csv", "json", "jsonl"];

    /// <summary>Prints; control characters in values are escaped in every format.</summary>
    public static void Print(Database database, string query, string format, Stream output, CancellationToken token)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        IRowSink? sink = null;
        database.Stream(
            query,
            reader => sink = Create(format, writer, Names(reader)),
            reader => sink!.Write(reader),
            token);
        sink?.Finish();
    }

    private static IRowSink Create(string format, TextWriter writer, IReadOnlyList<string> names) => format switch
    {
        "csv" => new CsvRows(writer, names),
        "json" => new JsonRows(writer, names, isArray: true),
        "jsonl" => new JsonRows(writer, names, isArray: false),
        _ => new TableRows(writer, names),
    };

    private static string[] Names(DuckDBDataReader reader)
        => [.. Enumerable.Range(0, reader.FieldCount).Select(index => Printable.Line(reader.GetName(index)))];
}

/// <summary>Takes rows one by one.</summary>
internal interface IRowSink
{
    void Write(DuckDBDataReader row);

    void Finish();
}
