using System.Text;
using System.Text.Json;

namespace Tracing.Schemas;

/// <summary>
/// What a run says of itself, as one line of JSON in front of events that are text: the names of <see cref="RunFacts"/>,
/// as far as they say how to judge. What sealing finds out (rows, checks) is not in it.
/// </summary>
public static class RunHeader
{
    /// <summary>The word in front of it, or the member that holds it.</summary>
    public const string Name = "virtio_trace";

    private const int MostDepth = 16;
    private static readonly string[] said = ["schema_version", "profile", "assumes", "complete", "sources", "source_order"];
    private static readonly string[] orders = ["exact", "causal", "time", "none"];

    /// <summary>The object. What is not ASCII is escaped.</summary>
    public static string Format(RunFacts facts)
    {
        var metadata = facts.ToMetadata();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var name in said)
            {
                if (!metadata.TryGetValue(RunFacts.KeyPrefix + name, out var value)) continue;
                writer.WritePropertyName(name);
                if (RunFactsKeys.IsText(name)) writer.WriteStringValue(value);
                else writer.WriteRawValue(value);
            }

            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.ToArray());
    }

    /// <summary>Reads the object; on failure <paramref name="reason"/> says what is wrong. Any of it may be left out.</summary>
    public static bool TryParse(string text, out RunFacts facts, out string? reason)
    {
        facts = new RunFacts();
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                reason = "it is no JSON object";
                return false;
            }

            // What is not said is as it is in a run that says nothing.
            var metadata = new Dictionary<string, string>(new RunFacts().ToMetadata(), StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject().Where(member => said.Contains(member.Name, StringComparer.Ordinal)))
                metadata[RunFacts.KeyPrefix + member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            if (!RunFacts.TryParse(metadata, out facts, out reason)) return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair is no text, which the library calls a wrong operation.
            reason = "it is no JSON";
            return false;
        }

        reason = Problem(facts);
        return reason is null;
    }

    /// <summary>What JSON of the right shape can still get wrong.</summary>
    private static string? Problem(RunFacts facts)
    {
        if (facts.Sources is null || facts.Sources.Any(source => source is null || !IsName(source.Name))) return "a source has no name";
        if (facts.Sources.Any(source => source.Clock is { } clock && !IsName(clock.Name))) return "a clock has no name";
        if (facts.Sources.Any(source => source.Sees?.Any(pattern => !IsName(pattern)) == true)) return "sees is no list of texts";
        if (facts.Sources.DistinctBy(source => source.Name, StringComparer.Ordinal).Count() < facts.Sources.Count) return "a source is there twice";
        if (facts.Assumes is null || facts.Assumes.Any(feature => !IsName(feature))) return "assumes is no list of texts";
        if (!IsName(facts.Profile)) return "profile is no text";
        return facts.SourceOrder is null || facts.SourceOrder.Any(order => order is null || !orders.Contains(order.Order, StringComparer.Ordinal))
            ? $"an order is none of {string.Join(", ", orders)}"
            : null;
    }

    private static bool IsName(string? text) => !string.IsNullOrEmpty(text) && !text.Contains('\0');
}
