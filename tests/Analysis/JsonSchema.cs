using System.Text.Json;

namespace Tracing.Tests.Analysis;

/// <summary>As much of JSON Schema as docs/report.schema.json uses; a keyword that is not known is an error.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly string[] silent = ["$schema", "$defs", "title", "description"];

    public IEnumerable<string> Problems(JsonElement value) => Problems(root, value, "$");

    private IEnumerable<string> Problems(JsonElement schema, JsonElement value, string place)
        => schema.EnumerateObject().SelectMany(keyword => Problems(schema, keyword, value, place));

    private IEnumerable<string> Problems(JsonElement schema, JsonProperty keyword, JsonElement value, string place)
    {
        switch (keyword.Name)
        {
            case "$ref":
                return Problems(root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!.Split('/')[^1]), value, place);
            case "type":
                var types = keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Select(type => type.GetString()) : [keyword.Value.GetString()];
                return types.Contains(TypeOf(value)) ? [] : [$"{place} is {TypeOf(value)}; expected {keyword.Value}"];
            case "const":
                return keyword.Value.GetRawText() == value.GetRawText() ? [] : [$"{place} is {value.GetRawText()}; expected {keyword.Value.GetRawText()}"];
            case "enum":
                return keyword.Value.EnumerateArray().Any(one => one.GetRawText() == value.GetRawText()) ? [] : [$"{place} is {value.GetRawText()}"];
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= keyword.Value.GetDecimal() ? [] : [$"{place} is {value}"];
            case "required":
                return keyword.Value.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{place} has no {name}");
            case "properties":
                return value.EnumerateObject().Where(member => keyword.Value.TryGetProperty(member.Name, out _))
                    .SelectMany(member => Problems(keyword.Value.GetProperty(member.Name), member.Value, $"{place}.{member.Name}"));
            case "additionalProperties" when keyword.Value.ValueKind == JsonValueKind.False:
                return value.EnumerateObject().Where(member => !schema.GetProperty("properties").TryGetProperty(member.Name, out _)).Select(member => $"{place} has a {member.Name}");
            case "additionalProperties":
                return value.EnumerateObject().SelectMany(member => Problems(keyword.Value, member.Value, $"{place}.{member.Name}"));
            case "items":
                return value.EnumerateArray().SelectMany((item, index) => Problems(keyword.Value, item, $"{place}[{index}]"));
            default:
                return silent.Contains(keyword.Name) ? [] : [$"the schema says '{keyword.Name}'"];
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
