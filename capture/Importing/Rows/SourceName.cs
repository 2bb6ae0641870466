namespace Tracing.Capture.Importing.Rows;

/// <summary>Names that a run's metadata can hold.</summary>
internal static class SourceName
{
    private const int MostLetters = 200;

    /// <summary>The name, or null where it is none.</summary>
    public static string? Checked(string? name)
        => name is { Length: > 0 and <= MostLetters } && !name.Contains('\0') && !name.Any(char.IsSurrogate) ? name : null;
}
