using System.Text.Json;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>What one source says of itself and its run, as text: in a journal's header, and wherever else it is mirrored.</summary>
public static class SourceText
{
    /// <summary>The text: the metadata's keys and values as JSON, in UTF-8.</summary>
    public static byte[] Of(RunFacts facts) => JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, string>(facts.ToMetadata(), StringComparer.Ordinal), JournalJson.Default.DictionaryStringString);

    /// <summary>Reads a text; on failure <paramref name="reason"/> says what was seen.</summary>
    public static RunFacts? TryParse(ReadOnlySpan<byte> text, out string? reason)
    {
        try
        {
            var metadata = JsonSerializer.Deserialize(text, JournalJson.Default.DictionaryStringString) ?? [];
            if (!RunFacts.TryParse(metadata, out var facts, out reason)) return null;
            reason = Problem(facts);
            return reason is null ? facts : null;
        }
        catch (JsonException exception)
        {
            reason = $"the header's text is not JSON: {exception.Message}";
            return null;
        }
    }

    /// <summary>What text of the right shape can still get wrong: it becomes part of a run's file.</summary>
    private static string? Problem(RunFacts facts)
    {
        if (facts.Sources is not [{ Name.Length: > 0, Clock.Name: not null, Sees: { } sees } source] || sees.Any(pattern => pattern is null))
            return "the header's text does not describe exactly one source";
        if (source.Name.Contains('\0') || source.Clock.Name.Contains('\0') || sees.Any(pattern => pattern.Contains('\0')))
            return "the header's text holds a zero character";
        if (facts.Assumes is null || facts.Assumes.Any(feature => feature?.Contains('\0') != false)) return "the header's text assumes no features";
        return facts is { Part: 1, Parts: 1 } ? null : $"the header's text speaks of part {facts.Part} of {facts.Parts}; a journal has no parts";
    }
}
