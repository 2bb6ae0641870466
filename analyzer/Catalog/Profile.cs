using System.Globalization;

namespace Tracing.Analysis.Catalog;

/// <summary>
/// How a run is to be read: which bit the SWIOTLB feature is, where its region comes from, which exemption applies.
/// One file under queries/profiles with lines <c>key = value</c>; <c>#</c> begins a comment.
/// </summary>
public sealed record Profile
{
    /// <summary>The profile of a run that names none.</summary>
    public const string DefaultName = "swiotlb-rfc1";

    /// <summary>The variants of the exemption from VIRTIO_F_ORDER_PLATFORM.</summary>
    public static IReadOnlyList<string> Exemptions { get; } = ["strict", "per-address", "ignore"];

    /// <summary>Its name, which is its file's too.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for.</summary>
    public required string Title { get; init; }

    /// <summary>The bit of the SWIOTLB feature; null if the profile has none.</summary>
    public int? SwiotlbBit { get; init; }

    /// <summary>Which regions count, by region_origin.</summary>
    public IReadOnlyList<string> RegionOrigins { get; init; } = [];

    /// <summary>Which variant of the exemption applies.</summary>
    public string Exemption { get; init; } = "strict";

    /// <summary>Globs of rules that do not apply.</summary>
    public IReadOnlyList<string> RulesOff { get; init; } = [];

    internal static Profile Read(string path, string text)
    {
        var profile = new Profile { Name = Path.GetFileNameWithoutExtension(path), Title = "" };
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new CatalogException(path, index + 1, $"'{line}' is not of the form 'key = value'");
            profile = Apply(path, index + 1, profile, line[..equals].Trim(), line[(equals + 1)..].Trim().Trim('"'));
        }

        return profile.Title.Length > 0 ? profile : throw new CatalogException(path, 0, "the profile has no title");
    }

    private static Profile Apply(string path, int line, Profile profile, string key, string value)
    {
        switch (key)
        {
            case "name" when value == profile.Name:
                return profile;
            case "name":
                throw new CatalogException(path, line, $"the name '{value}' and the file's name '{profile.Name}' differ");
            case "title":
                return profile with { Title = value };
            case "swiotlb_bit" when value == "none":
                return profile with { SwiotlbBit = null };
            case "swiotlb_bit" when byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bit) && bit < 128:
                return profile with { SwiotlbBit = bit };
            case "swiotlb_bit":
                throw new CatalogException(path, line, $"swiotlb_bit is '{value}'; expected a number below 128, or none");
            case "region_origins":
                return profile with { RegionOrigins = Words(value) };
            case "exemption" when Exemptions.Contains(value, StringComparer.Ordinal):
                return profile with { Exemption = value };
            case "exemption":
                throw new CatalogException(path, line, $"exemption is '{value}'; expected one of {string.Join(", ", Exemptions)}");
            case "rules_off":
                return profile with { RulesOff = Words(value) };
            default:
                throw new CatalogException(path, line,
                    $"'{key}' is no key of a profile; known are name, title, swiotlb_bit, region_origins, exemption, rules_off");
        }
    }

    private static string[] Words(string value)
        => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
