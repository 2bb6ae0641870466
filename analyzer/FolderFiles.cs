using System.IO.Enumeration;

namespace Tracing.Analysis;

/// <summary>The files under a folder. Links to folders are not followed: they may lead in circles, and twice to the same run.</summary>
internal static class FolderFiles
{
    /// <summary>The files whose name is wanted, in a stable order.</summary>
    /// <param name="folder">The folder; the paths found begin with it.</param>
    /// <param name="isWanted">Asked with each file's name.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static IReadOnlyList<string> Under(string folder, Func<string, bool> isWanted)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        var files = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToSpecifiedFullPath(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && isWanted(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return [.. files.Order(StringComparer.Ordinal)];
    }
}
