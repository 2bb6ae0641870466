using System.Reflection;

namespace Tracing.Analysis.Catalog;

/// <summary>A file of queries before anybody read it.</summary>
/// <param name="Path">Its path as the user knows it, with forward slashes.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsOutside">Whether it came from outside: then its text is not trusted.</param>
internal sealed record QuerySource(string Path, string Text, bool IsOutside)
{
    /// <summary>The files that this program carries.</summary>
    public static IEnumerable<QuerySource> Embedded()
    {
        var assembly = typeof(QuerySource).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("queries/", StringComparison.Ordinal) && IsQuery(name))
            .Order(StringComparer.Ordinal)
            .Select(name => new QuerySource(name, ReadResource(assembly, name), IsOutside: false));
    }

    /// <summary>The files under a folder, or one file.</summary>
    public static IEnumerable<QuerySource> Under(string path, bool isOutside)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new CatalogException(path, 0, "no such file or folder");
        return Files(path).Select(file => new QuerySource(file.Replace('\\', '/'), ReadFile(file), isOutside));
    }

    private static IReadOnlyList<string> Files(string path)
    {
        try
        {
            return File.Exists(path) ? [path] : FolderFiles.Under(path, IsQuery);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(path, 0, exception.Message);
        }
    }

    private static bool IsQuery(string path) => System.IO.Path.GetExtension(path) is ".sql" or ".txt" or ".toml";

    private static string ReadFile(string path)
    {
        try
        {
            return QueryText.ReadFile(path)
                ?? throw new CatalogException(path, 0, $"it is too long for a query file; at most {QueryText.MaximumLength} letters");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(path, 0, exception.Message);
        }
    }

    private static string ReadResource(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
