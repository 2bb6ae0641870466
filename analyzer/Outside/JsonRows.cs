using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Tracing.Analysis.Outside;

/// <summary>An object a row: an array of them, or one a line. Integers are numbers however large they are.</summary>
internal sealed class JsonRows(TextWriter writer, IReadOnlyList<string> names, bool isArray) : IRowSink
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private bool hasRows;

    public void Write(DuckDBDataReader row)
    {
        writer.Write(!isArray ? "" : hasRows ? ",\n" : "[\n");
        hasRows = true;
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var index = 0; index < row.FieldCount; index++)
            {
                json.WritePropertyName(names[index]);
                WriteValue(json, row.IsDBNull(index) ? null : row.GetValue(index));
            }

            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        if (!isArray) writer.Write('\n');
    }

    public void Finish()
    {
        if (isArray) writer.Write(hasRows ? "\n]\n" : "[]\n");
        writer.Flush();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or DBNull: json.WriteNullValue(); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger or decimal:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case float or double when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                json.WriteNumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case string text: json.WriteStringValue(text); break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(ValueText.Of(entry.Key) ?? "null");
                    WriteValue(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(ValueText.Of(value)); break;
        }
    }
}
