using System.Globalization;
using System.Text.RegularExpressions;
using Tracing.Schemas;

namespace Tracing.Analysis.Findings;

/// <summary>
/// Fills a rule's message: <c>{column}</c> is the column's value, addresses in hexadecimal; <c>{column:x}</c> is
/// hexadecimal, <c>{column:d}</c> decimal; null is "unknown".
/// </summary>
public static partial class Message
{
    /// <summary>The columns that every rule has.</summary>
    public static IReadOnlyList<string> CommonColumns { get; } = ["sequence", "since", "device", "queue"];

    /// <summary>The columns that <paramref name="template"/> names.</summary>
    public static IEnumerable<string> Placeholders(string template) => Placeholder().Matches(template).Select(match => match.Groups["name"].Value);

    /// <summary>The message for <paramref name="thing"/>, safe to print.</summary>
    public static string Fill(string template, JudgedThing thing)
        => Printable.Line(Placeholder().Replace(template, match => Value(thing, match.Groups["name"].Value, match.Groups["format"].Value)));

    private static string Value(JudgedThing thing, string name, string format)
    {
        var text = name switch
        {
            "sequence" => thing.Sequence?.ToString(CultureInfo.InvariantCulture),
            "since" => thing.Since?.ToString(CultureInfo.InvariantCulture),
            "device" => thing.Device?.ToString(CultureInfo.InvariantCulture),
            "queue" => thing.Queue?.ToString(CultureInfo.InvariantCulture),
            _ => thing.Columns.GetValueOrDefault(name),
        };
        if (text is null) return "unknown";
        var isHexadecimal = format == "x" || (format.Length == 0 && IsAddress(name));
        return isHexadecimal && UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? $"0x{number:x}"
            : text;
    }

    private static bool IsAddress(string name)
        => name is "address" or "target" || name.EndsWith("_address", StringComparison.Ordinal) || name.EndsWith("_target", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(?<name>[a-z_][a-z0-9_]*)(:(?<format>[xd]))?\}")]
    private static partial Regex Placeholder();
}
