namespace Tracing.Analysis.Catalog;

/// <summary>
/// Takes a query file apart:
/// <code>
/// -- key: value              the header; a line that is indented further goes on with the value above it
/// --
/// -- ## Title                prose and examples, in sections
/// -- text
/// select …                   the statement, to the end of the file
/// </code>
/// </summary>
internal static class QueryFileParser
{
    public static QueryFile Parse(string path, string text, bool isOutside = false)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var position = 0;
        var header = ReadHeader(path, lines, ref position);
        var sections = ReadSections(path, lines, ref position);
        var body = string.Join('\n', lines[position..]).TrimEnd().TrimEnd(';').TrimEnd();
        if (body.Length == 0) throw new CatalogException(path, lines.Length, "the file ends before its statement");
        return new QueryFile(path, header, sections, body, position + 1, isOutside);
    }

    private static List<HeaderLine> ReadHeader(string path, string[] lines, ref int position)
    {
        var header = new List<HeaderLine>();
        for (; position < lines.Length && Comment(lines[position]) is { } line; position++)
        {
            if (line.Trim().Length == 0 || line.StartsWith(" ## ", StringComparison.Ordinal)) break;
            if (line.StartsWith("   ", StringComparison.Ordinal) && header.Count > 0)
            {
                header[^1] = header[^1] with { Value = $"{header[^1].Value} {line.Trim()}".Trim() };
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? "" : line[..colon].Trim();
            if (!IsKey(key))
                throw new CatalogException(path, position + 1, $"'{line.Trim()}' is not of the form 'key: value'; a line '--' ends the header");
            if (header.Any(other => other.Key == key))
                throw new CatalogException(path, position + 1, $"the key '{key}' is given twice");
            header.Add(new HeaderLine(key, line[(colon + 1)..].Trim(), position + 1));
        }

        return header.Count > 0 ? header : throw new CatalogException(path, 1, "the file does not begin with '-- key: value' lines");
    }

    private static List<Section> ReadSections(string path, string[] lines, ref int position)
    {
        var sections = new List<Section>();
        List<string>? current = null;
        for (; position < lines.Length; position++)
        {
            if (lines[position].Trim().Length == 0) continue;
            if (Comment(lines[position]) is not { } line) break;
            if (line.StartsWith(" ## ", StringComparison.Ordinal))
            {
                current = [];
                sections.Add(new Section(line[4..].Trim(), current, position + 1));
            }
            else if (current is not null)
            {
                current.Add(line.StartsWith(' ') ? line[1..] : line);
            }
            else if (line.Trim().Length > 0)
            {
                throw new CatalogException(path, position + 1, "text behind the header needs a '-- ## Title' above it");
            }
        }

        return sections;
    }

    /// <summary>What stands behind the comment mark; null if the line is no comment.</summary>
    private static string? Comment(string line)
        => line.StartsWith("--", StringComparison.Ordinal) ? line[2..].Replace('\t', ' ') : null;

    private static bool IsKey(string key)
        => key.Length > 0 && key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
