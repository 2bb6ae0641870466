namespace Tracing.Analysis.Catalog;

/// <summary>Makes a rule of a query file.</summary>
internal static class RuleReader
{
    private static readonly string[] keys =
    [
        "id", "title", "level", "side", "spec", "row", "also", "profiles", "precision", "basis", "needs", "uses", "message", "judges",
    ];

    private static readonly Dictionary<string, Level> levels = new(StringComparer.Ordinal)
    {
        ["MUST"] = Level.Must, ["SHOULD"] = Level.Should, ["lint"] = Level.Lint,
    };

    private static readonly Dictionary<string, Side> sides = new(StringComparer.Ordinal)
    {
        ["driver"] = Side.Driver, ["device"] = Side.Device, ["platform"] = Side.Platform,
    };

    private static readonly Dictionary<string, bool> precisions = new(StringComparer.Ordinal)
    {
        ["exact"] = true, ["heuristic"] = false,
    };

    private static readonly Dictionary<string, bool> bases = new(StringComparer.Ordinal)
    {
        ["normative"] = true, ["inferred"] = false,
    };

    public static Rule Read(QueryFile file)
    {
        foreach (var line in file.Header)
        {
            if (!keys.Contains(line.Key, StringComparer.Ordinal))
                throw new CatalogException(file.Path, line.Number, $"'{line.Key}' is no key of a rule; known are {string.Join(", ", keys)}");
        }

        var id = file.Require("id");
        if (!id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw new CatalogException(file.Path, file.LineOf("id"), $"the id '{id}' has other letters than a-z, digits, '-', '_' and '.'");
        var name = Path.GetFileNameWithoutExtension(file.Path);
        if (!string.Equals(name, id.ToLowerInvariant(), StringComparison.Ordinal))
            throw new CatalogException(file.Path, file.LineOf("id"), $"the id '{id}' and the file's name '{name}' differ: expected {id.ToLowerInvariant()}.sql");
        var profiles = file.List("profiles");
        return new Rule
        {
            Id = id,
            Title = file.Require("title"),
            Level = file.Choose("level", levels),
            Side = file.Choose("side", sides),
            Spec = file.Require("spec"),
            Row = file.Require("row"),
            Also = file.List("also"),
            Profiles = profiles is ["all"] or [] ? [] : profiles,
            IsExact = file.Choose("precision", precisions),
            IsNormative = file.Choose("basis", bases),
            Needs = [.. file.List("needs").Select(need => ReadNeed(file, need))],
            Uses = file.List("uses"),
            Message = file.Require("message"),
            Judges = file.Find("judges") is { Length: > 0 } judges ? judges : "things",
            Prose = [.. file.Sections.Where(section => !ExampleReader.IsExample(section))
                .Select(section => KeyValuePair.Create(section.Title, section.Text))],
            ExampleSource = new(() => [.. file.Sections.Where(ExampleReader.IsExample).Select(section => ExampleReader.Read(file.Path, section))]),
            Body = file.Body,
            File = file.Path,
            Area = Path.GetFileName(Path.GetDirectoryName(file.Path)) is { Length: > 0 } area ? area : "rules",
            IsOutside = file.IsOutside,
        };
    }

    private static Need ReadNeed(QueryFile file, string text)
    {
        var alternatives = text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var alternative in alternatives)
        {
            if (SeesPattern.Problem(alternative) is { } problem) throw new CatalogException(file.Path, file.LineOf("needs"), problem);
        }

        return new Need(alternatives);
    }
}
