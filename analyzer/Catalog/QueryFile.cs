namespace Tracing.Analysis.Catalog;

/// <summary>A query file taken apart: header, prose, statement. What the keys mean is its reader's business.</summary>
/// <param name="Path">The file as the user knows it.</param>
/// <param name="Header">The leading <c>-- key: value</c> lines, in order.</param>
/// <param name="Sections">The <c>-- ## Title</c> sections behind the header.</param>
/// <param name="Body">The SQL behind all leading comments.</param>
/// <param name="BodyLine">The line on which that begins.</param>
/// <param name="IsOutside">Whether the file came from outside: then its text is not trusted.</param>
internal sealed record QueryFile(
    string Path,
    IReadOnlyList<HeaderLine> Header,
    IReadOnlyList<Section> Sections,
    string Body,
    int BodyLine,
    bool IsOutside)
{
    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public string? Find(string key) => Header.FirstOrDefault(line => line.Key == key)?.Value;

    /// <summary>The value of <paramref name="key"/>, which must be there and not empty.</summary>
    public string Require(string key)
        => Find(key) is { Length: > 0 } value ? value : throw new CatalogException(Path, 0, $"the header has no '{key}'");

    /// <summary>The comma-separated words of <paramref name="key"/>; none if it is missing.</summary>
    public IReadOnlyList<string> List(string key)
        => Find(key)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The value of <paramref name="key"/>, which must be one of <paramref name="choices"/>.</summary>
    public T Choose<T>(string key, IReadOnlyDictionary<string, T> choices)
    {
        var value = Require(key);
        if (choices.TryGetValue(value, out var choice)) return choice;
        throw new CatalogException(Path, LineOf(key), $"{key} is '{value}'; expected one of {string.Join(", ", choices.Keys)}");
    }

    /// <summary>The line of <paramref name="key"/>; 0 if it is missing.</summary>
    public int LineOf(string key) => Header.FirstOrDefault(line => line.Key == key)?.Number ?? 0;
}

/// <summary>A key and its value.</summary>
internal sealed record HeaderLine(string Key, string Value, int Number);

/// <summary>A titled run of comment lines; the comment marks are gone, the indentation behind them is not.</summary>
internal sealed record Section(string Title, IReadOnlyList<string> Lines, int Number)
{
    /// <summary>The lines as one text, without blank lines at its ends.</summary>
    public string Text => string.Join('\n', Lines.Select(line => line.TrimEnd())).Trim('\n');
}
