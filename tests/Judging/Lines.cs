namespace Tracing.Tests.Judging;

/// <summary>A small text file of "key: value" lines, in which a key may come several times.</summary>
internal sealed class Lines
{
    private readonly string file;
    private readonly ILookup<string, string> values;

    private Lines(string file)
    {
        this.file = file;
        values = File.ReadAllLines(file).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>The file's name, without its ending.</summary>
    public string Name => Path.GetFileNameWithoutExtension(file);

    /// <summary>Reads every file of a folder, by name.</summary>
    /// <param name="folder">The folder, from the checkout's root.</param>
    /// <param name="keys">The keys that a file may have: a slip of the pen is no silent default.</param>
    /// <param name="read">Makes something of a file.</param>
    public static SortedDictionary<string, T> ReadFolder<T>(string[] folder, string[] keys, Func<Lines, T> read)
    {
        var things = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(Repository.PathOf(folder), "*.expect"))
        {
            var lines = new Lines(path);
            if (lines.values.FirstOrDefault(pair => !keys.Contains(pair.Key)) is { } unknown)
                throw new InvalidDataException($"{path}: '{unknown.Key}' is none of {string.Join(", ", keys)}");
            things.Add(lines.Name, read(lines));
        }

        return things;
    }

    /// <summary>The one value of a key that must be there.</summary>
    public string One(string key) => values[key].Count() == 1
        ? values[key].Single()
        : throw new InvalidDataException($"{file}: expected one line '{key}: …', got {values[key].Count()}");

    /// <summary>The one value of a key, or null.</summary>
    public string? Maybe(string key) => values[key].Any() ? One(key) : null;

    /// <summary>All values of a key.</summary>
    public IReadOnlyList<string> All(string key) => [.. values[key]];
}
