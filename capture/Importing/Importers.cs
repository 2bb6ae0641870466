using System.Text;
using Tracing.Capture.Importing.QemuTrace;

namespace Tracing.Capture.Importing;

/// <summary>The formats that can be imported.</summary>
public static class Importers
{
    private const int LinesLookedAt = 200;

    private static readonly Func<ITraceImporter>[] all = [() => new QemuTraceImporter()];

    /// <summary>The names of the formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. all.Select(create => create().Name)];

    /// <summary>A fresh importer of that name, or null.</summary>
    public static ITraceImporter? Find(string name) => all.Select(create => create()).FirstOrDefault(importer => importer.Name == name);

    /// <summary>A fresh importer of the format that a file is in, or null if it is in none that is known.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ITraceImporter? Sniff(string path)
    {
        using var source = LineSource.Open(path);
        var lines = new List<string>();
        while (lines.Count < LinesLookedAt && source.TryRead(out var line)) lines.Add(Encoding.Latin1.GetString(line));
        return all.Select(create => create()).FirstOrDefault(importer => importer.Recognises(lines));
    }
}
