using System.Globalization;
using System.Text.RegularExpressions;
using Tracing.Schemas;

namespace Tracing.Analysis.Catalog;

/// <summary>
/// Reads a section <c>## Example: violated at 12: a short title</c>. Its first lines may be directives (given, profile,
/// exemption, sees, order, assume); all others are events in text form.
/// </summary>
internal static partial class ExampleReader
{
    private static readonly Dictionary<string, Expectation> expectations = new(StringComparer.Ordinal)
    {
        ["holds"] = Expectation.Holds,
        ["violated"] = Expectation.Violated,
        ["vacuous"] = Expectation.Vacuous,
        ["inconclusive"] = Expectation.Inconclusive,
    };

    public static bool IsExample(Section section) => section.Title.StartsWith("Example", StringComparison.Ordinal);

    public static Example Read(string path, Section section)
    {
        var match = Heading().Match(section.Title);
        if (!match.Success || !expectations.TryGetValue(match.Groups["what"].Value, out var expectation))
        {
            throw new CatalogException(path, section.Number,
                $"'{section.Title}' is not of the form 'Example: holds|violated|vacuous|inconclusive [at N, …] [: title]'");
        }

        if (match.Groups["at"].Success && expectation != Expectation.Violated)
            throw new CatalogException(path, section.Number, "only a violated example has an anchor ('at N')");

        var example = new Example
        {
            Expectation = expectation,
            Title = match.Groups["title"].Value.Trim(),
            Anchors = [.. match.Groups["at"].Captures.Select(at => ulong.Parse(at.Value, CultureInfo.InvariantCulture))],
            Events = [],
            Line = section.Number,
        };
        return ReadLines(path, section, example);
    }

    private static Example ReadLines(string path, Section section, Example example)
    {
        var events = new List<EventRow>();
        for (var index = 0; index < section.Lines.Count; index++)
        {
            var line = section.Lines[index].Trim();
            var number = section.Number + 1 + index;
            if (EventText.IsBlankOrComment(line)) continue;
            if (events.Count == 0 && Directive().Match(line) is { Success: true } directive)
            {
                example = Apply(path, number, example, directive.Groups["key"].Value, directive.Groups["value"].Value.Trim());
                continue;
            }

            if (!EventText.TryParse(line, out var row, out var reason)) throw new CatalogException(path, number, reason!);
            events.Add(row);
        }

        return example with { Events = events };
    }

    private static Example Apply(string path, int line, Example example, string key, string value) => key switch
    {
        "given" => example with { Given = value },
        "profile" => example with { Profile = value },
        "exemption" => example with { Exemption = value },
        "order" => example with { Order = value },
        "assume" => example with { Assumes = Words(value) },
        "sees" => example with { Sees = Words(value) },
        _ => throw new CatalogException(path, line, $"'{key}' is no directive; expected given, profile, exemption, order, assume or sees"),
    };

    private static string[] Words(string value)
        => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^Example:\s*(?<what>[a-z]+)(\s+at\s+#?(?<at>\d{1,18})(\s*,\s*#?(?<at>\d{1,18}))*)?\s*(:(?<title>.*)|,\s*(?<title>.*))?$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<key>[a-z]+):\s(?<value>.*)$")]
    private static partial Regex Directive();
}
