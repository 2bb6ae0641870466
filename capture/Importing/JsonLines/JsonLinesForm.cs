using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracing.Capture.Importing.Rows;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.JsonLines;

/// <summary>
/// An object a line, its members the published columns, their values as <c>analyzer sql --format jsonl</c> prints them: names
/// as text, numbers as numbers or, since many a program's numbers end at 2^53, as text in decimal or with 0x.
/// </summary>
internal sealed class JsonLinesForm : IRowForm
{
    private const int LettersOfName = 60;
    private static readonly JsonReaderOptions options = new() { MaxDepth = 8 };
    private static readonly byte[] header = Encoding.ASCII.GetBytes($"\"{RunHeader.Name}\"");
    private static readonly Dictionary<string, ColumnDefinition> columns = Columns.All.ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <inheritdoc />
    public bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8) is [];

    /// <inheritdoc />
    public string? HeaderOf(ReadOnlySpan<byte> line)
    {
        if (line.TrimStart(" \t"u8) is not [(byte)'{', .. var rest] || !rest.TrimStart(" \t"u8).StartsWith(header)) return null;
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.GetProperty(RunHeader.Name).GetRawText();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    /// <inheritdoc />
    public string? SourceOf(ReadOnlySpan<byte> line)
    {
        string? actor = null;
        try
        {
            var reader = new Utf8JsonReader(line, options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isSource, isActor) = (reader.ValueTextEquals("source"u8), reader.ValueTextEquals("actor"u8));
                reader.Read();
                if (isSource && reader.TokenType == JsonTokenType.String) return SourceName.Checked(reader.GetString());
                if (isActor && reader.TokenType == JsonTokenType.String) actor = reader.GetString();
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A torn line is still its source's.
        }

        return actor is not null && columns["actor"].Vocabulary!.TryNumberOf(actor, out _) ? actor : null;
    }

    /// <inheritdoc />
    public bool TryRead(ReadOnlySpan<byte> line, out EventRow row, out string? problem, out IReadOnlyList<string> unknown)
    {
        row = new EventRow();
        var names = new List<string>();
        unknown = names;
        try
        {
            var reader = new Utf8JsonReader(line, options);
            problem = ReadMembers(ref reader, row, names);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The library calls text that is no Unicode a wrong operation.
            problem = "it is no JSON";
        }

        return problem is null;
    }

    private static string? ReadMembers(ref Utf8JsonReader reader, EventRow row, List<string> unknown)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "it is no object";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!columns.TryGetValue(name, out var column)) unknown.Add(Printable.Short(name, LettersOfName));
            else if (reader.TokenType != JsonTokenType.Null && ReadValue(ref reader, row, column) is { } problem) return problem;
            reader.Skip();
        }

        return reader.Read() ? "something stands behind the object" : null;
    }

    /// <summary>Reads a column's value; gives back what is wrong with it.</summary>
    private static string? ReadValue(ref Utf8JsonReader reader, EventRow row, ColumnDefinition column)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        switch (column.Column)
        {
            case Column.Source when text is not null && row.Source is null:
                row.Source = text;
                return null;
            case Column.Note when text is not null && row.Note is null:
                row.Note = text;
                return null;
            case Column.TimeNs when row.TimeNs is null && TryTime(ref reader, text, out var time):
                row.TimeNs = time;
                return null;
            case Column.Source or Column.Note or Column.TimeNs:
                return $"{column.Name} is given twice, or is none";
        }

        if (row[column.Column] is not null) return $"{column.Name} is given twice";
        if (!TryNumber(ref reader, text, column, out var number)) return $"{column.Name} is none";
        row[column.Column] = number;
        return null;
    }

    private static bool TryTime(ref Utf8JsonReader reader, string? text, out long time)
    {
        time = 0;
        return text is not null
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out time)
            : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out time);
    }

    private static bool TryNumber(ref Utf8JsonReader reader, string? text, ColumnDefinition column, out ulong number)
    {
        number = 0;
        if (column.Vocabulary is { } vocabulary)
        {
            if (text is null || !vocabulary.TryNumberOf(text, out var named)) return false;
            number = named;
            return true;
        }

        if (column.Type == ColumnType.Boolean && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            number = reader.TokenType == JsonTokenType.True ? 1u : 0u;
            return true;
        }

        var isNumber = text is null
            ? reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out number)
            : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
                : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isNumber && number <= Most(column.Type);
    }

    private static ulong Most(ColumnType type) => type switch
    {
        ColumnType.Boolean => 1,
        ColumnType.UInt8 => byte.MaxValue,
        ColumnType.UInt16 => ushort.MaxValue,
        ColumnType.UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };
}
