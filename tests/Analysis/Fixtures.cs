namespace Tracing.Tests.Analysis;

/// <summary>The query files that these tests bring along.</summary>
internal static class Fixtures
{
    /// <summary>A whole catalogue.</summary>
    public static string Folder => Repository.PathOf("tests", "Analysis", "Fixtures", "queries");

    /// <summary>The arguments that add its rules to those that the program carries.</summary>
    public static string[] AsRules =>
    [
        "--rules", Repository.PathOf("tests", "Analysis", "Fixtures", "queries", "views", "test"),
        "--rules", Repository.PathOf("tests", "Analysis", "Fixtures", "queries", "invariants"),
    ];
}
