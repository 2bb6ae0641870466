namespace Tracing.Analysis.Catalog;

/// <summary>Reads a query or a file of queries, which somebody else may have made without end.</summary>
internal static class QueryText
{
    /// <summary>The most letters that a query file may hold; a greater one is none.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>The whole text, or null if it is too long. A file's length says nothing: pipes and devices have none.</summary>
    public static string? Read(TextReader reader)
    {
        var letters = new char[MaximumLength + 1];
        var count = reader.ReadBlock(letters);
        return count > MaximumLength ? null : new string(letters, 0, count);
    }

    /// <summary>The file's whole text, or null if it is too long.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? ReadFile(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader);
    }
}
