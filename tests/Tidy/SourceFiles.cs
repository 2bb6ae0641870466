using System.Diagnostics;

namespace Tracing.Tests.Tidy;

/// <summary>The files that the project keeps, as git lists them: tracked, or new and not ignored.</summary>
internal static class SourceFiles
{
    public static IReadOnlyList<string> All { get; } = List();

    public static IEnumerable<string> EndingIn(params string[] endings)
        => All.Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)));

    public static string[] LinesOf(string path) => File.ReadAllLines(Repository.PathOf(path));

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. paths.Where(path => File.Exists(Repository.PathOf(path)))];
    }
}
