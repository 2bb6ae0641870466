namespace Tracing.Capture.Importing;

/// <summary>The formats that can be imported: whatever implements <see cref="IImportFormat"/>.</summary>
public static class Importers
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<IImportFormat> All { get; } =
    [
        .. typeof(Importers).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IImportFormat)) && type is { IsAbstract: false, IsInterface: false })
            .Select(type => (IImportFormat)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(format => format.Name, StringComparer.Ordinal),
    ];

    /// <summary>The format of that name, or null.</summary>
    public static IImportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The format that a file is in, or null if it is in none that is known.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IImportFormat? Sniff(string path)
    {
        var start = FileStart.Of(path);
        return All.FirstOrDefault(format => format.Recognises(start));
    }
}
