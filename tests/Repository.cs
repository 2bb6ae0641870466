namespace Tracing.Tests;

/// <summary>Finds the checkout that the tests run in, for pages and samples that are checked against the code.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tracing.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No Tracing.sln above {AppContext.BaseDirectory}.");
    }
}
