namespace Tracing.Analysis.Catalog;

/// <summary>A query file that does not say what it must. The message names file and line.</summary>
public sealed class CatalogException : Exception
{
    /// <summary>An error without a place.</summary>
    public CatalogException(string message)
        : base(message)
    {
    }

    /// <summary>An error at a line of a file.</summary>
    /// <param name="file">The file as the user knows it.</param>
    /// <param name="line">The line, from 1; 0 = the file as a whole.</param>
    /// <param name="problem">What was seen and what was expected.</param>
    public CatalogException(string file, int line, string problem)
        : base(line > 0 ? $"{file}:{line}: {problem}" : $"{file}: {problem}")
    {
    }

    /// <summary>An error that another one explains.</summary>
    public CatalogException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error without words.</summary>
    public CatalogException()
    {
    }
}
