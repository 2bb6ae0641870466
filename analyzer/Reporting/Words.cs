using System.Globalization;
using Tracing.Analysis.Catalog;

namespace Tracing.Analysis.Reporting;

/// <summary>How reports say numbers and names.</summary>
internal static class Words
{
    /// <summary>A count with thousands separators.</summary>
    public static string Number(ulong number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 rule", "41 rules".</summary>
    public static string Plural(ulong count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>The level as the catalogue writes it.</summary>
    public static string Of(Level level) => level switch
    {
        Level.Must => "MUST",
        Level.Should => "SHOULD",
        _ => "lint",
    };

    /// <summary>A member's name in lower case, as files write it.</summary>
    public static string Of(Enum member) => member.ToString().ToLowerInvariant();

    /// <summary>"dev0/q1", or what of it there is.</summary>
    public static string Place(int? device, int? queue) => (device, queue) switch
    {
        (null, null) => "run",
        (null, { } one) => $"q{one}",
        ({ } one, null) => $"dev{one}",
        ({ } one, { } other) => $"dev{one}/q{other}",
    };
}
