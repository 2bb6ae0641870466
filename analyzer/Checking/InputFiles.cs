using System.Text;
using System.Text.RegularExpressions;

namespace Tracing.Analysis.Checking;

/// <summary>Finds the Parquet files that a user means by files, globs (<c>*</c>, <c>?</c>, <c>**</c>) and folders.</summary>
internal static class InputFiles
{
    /// <summary>All files, in a stable order, each once.</summary>
    /// <exception cref="InputException">An argument names nothing.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> arguments)
    {
        var files = new List<string>();
        foreach (var argument in arguments)
        {
            var found = Find(argument);
            if (found.Count == 0) throw new InputException($"{argument}: no such file or folder, and no run lies there");
            files.AddRange(found);
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static List<string> Find(string argument)
    {
        try
        {
            if (File.Exists(argument)) return [argument];
            if (Directory.Exists(argument)) return [.. Under(argument, name => name.EndsWith(".parquet", StringComparison.Ordinal))];
            if (argument.AsSpan().IndexOfAny('*', '?') < 0) return [];
            var root = RootOf(argument);
            if (!Directory.Exists(root.Length == 0 ? "." : root)) return [];
            var pattern = PatternOf(argument);
            return [.. Under(root.Length == 0 ? "." : root, _ => true)
                .Select(file => root.Length == 0 ? file[2..] : file)
                .Where(file => pattern.IsMatch(file))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{argument}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> Under(string folder, Func<string, bool> isWanted)
        => FolderFiles.Under(folder, isWanted).Select(file => Path.DirectorySeparatorChar == '/' ? file : file.Replace('\\', '/'));

    /// <summary>The folders in front of the first wildcard, without a slash at the end.</summary>
    private static string RootOf(string glob)
    {
        var slash = glob.LastIndexOf('/', glob.AsSpan().IndexOfAny('*', '?'));
        return slash < 0 ? "" : slash == 0 ? "/" : glob[..slash];
    }

    private static Regex PatternOf(string glob)
    {
        var pattern = new StringBuilder("^");
        for (var index = 0; index < glob.Length; index++)
        {
            if (glob.AsSpan(index).StartsWith("**/"))
            {
                pattern.Append("(.*/)?");
                index += 2;
            }
            else
            {
                pattern.Append(glob[index] switch { '*' => "[^/]*", '?' => "[^/]", var letter => Regex.Escape(letter.ToString()) });
            }
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
