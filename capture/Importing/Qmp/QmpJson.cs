using System.Text.Json;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>Members of foreign JSON, of which any may be missing or something else than it should be.</summary>
internal static class QmpJson
{
    /// <summary>A member, if the value is an object that has it.</summary>
    public static JsonElement? Member(this JsonElement value, string name)
        => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A member that is a text.</summary>
    public static string? TextOf(this JsonElement value, string name) => value.Member(name) is { } member ? Text(member) : null;

    /// <summary>A member that is a number.</summary>
    public static ulong? NumberOf(this JsonElement value, string name)
        => value.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetUInt64(out var number) ? number : null;

    /// <summary>A member that is a number of at most 16 bits.</summary>
    public static ushort? ShortOf(this JsonElement value, string name)
        => value.NumberOf(name) is { } number and <= ushort.MaxValue ? (ushort)number : null;

    /// <summary>The elements of a member that is a list.</summary>
    public static IEnumerable<JsonElement> ListOf(this JsonElement value, string name)
        => value.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The value, if it is a text.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
