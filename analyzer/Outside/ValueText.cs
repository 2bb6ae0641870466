using System.Collections;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using Tracing.Schemas;

namespace Tracing.Analysis.Outside;

/// <summary>A value of a query as text that is safe to print.</summary>
internal static class ValueText
{
    public static string? Of(DuckDBDataReader row, int index) => row.IsDBNull(index) ? null : Of(row.GetValue(index));

    public static string? Of(object? value) => value switch
    {
        null or DBNull => null,
        bool truth => truth ? "true" : "false",
        string text => Printable.Line(text),
        Stream blob => Hexadecimal(blob),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(map[key]) ?? "null"}"))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(item => Of(item) ?? "null"))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => Printable.Line(value.ToString() ?? ""),
    };

    public static bool IsNumeric(Type type)
        => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal || type == typeof(BigInteger);

    private static string Hexadecimal(Stream blob)
    {
        using var bytes = new MemoryStream();
        blob.CopyTo(bytes);
        return Convert.ToHexStringLower(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
