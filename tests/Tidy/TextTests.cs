using System.Text.RegularExpressions;
using Xunit;

namespace Tracing.Tests.Tidy;

/// <summary>What no file of the project may hold.</summary>
public sealed partial class TextTests
{
    // Put together at run time, so that this file does not hold what it forbids.
    private static readonly string[] unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Exception"];
    private static readonly string[] registryHosts = ["nuget" + ".org", "npm" + "js.", "deb" + "ian.org"];

    [Fact]
    public void The_file_list_is_not_empty() => Assert.Contains("Tracing.sln", SourceFiles.All);

    [Fact]
    public void No_unfinished_work_is_marked()
        => Assert.Empty(Hits([".cs", ".sql", ".sh", ".csproj", ".props", ".targets"], line => unfinished.Any(word => Word(word).IsMatch(line))));

    [Fact]
    public void No_registry_host_is_named()
        => Assert.Empty(Hits([""], line => registryHosts.Any(host => line.Contains(host, StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public void No_C_sharp_file_has_outgrown_its_idea()
        => Assert.DoesNotContain(
            SourceFiles.EndingIn(".cs").Select(path => (path, lines: SourceFiles.LinesOf(path).Length)),
            file => file.lines > 400);

    [Fact]
    public void No_C_sharp_line_is_too_long_to_read()
        => Assert.Empty(Hits([".cs"], line => Quotation().Replace(line, "\"\"").Length > 180));

    [Fact]
    public void No_SQL_line_is_too_long_to_read()
        => Assert.Empty(Hits([".sql"], line => line.Length > 180));

    [Fact]
    public void Local_links_of_pages_lead_somewhere()
    {
        var broken =
            from path in SourceFiles.EndingIn(".md")
            from line in SourceFiles.LinesOf(path)
            from Match link in LocalLink().Matches(line)
            let target = Path.Combine(Path.GetDirectoryName(Repository.PathOf(path))!, link.Groups[1].Value.Split('#')[0])
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{path}: {link.Groups[1].Value}";
        Assert.Empty(broken);
    }

    [Fact]
    public void A_decision_page_is_titled_by_its_number()
        => Assert.DoesNotContain(
            SourceFiles.All.Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal)),
            path => !SourceFiles.LinesOf(path)[0].StartsWith($"# {Path.GetFileName(path)[..4]}: ", StringComparison.Ordinal));

    private static IEnumerable<string> Hits(string[] endings, Func<string, bool> isBad)
        => from path in SourceFiles.EndingIn(endings)
           where !path.EndsWith(".parquet", StringComparison.Ordinal) && !path.EndsWith(".snk", StringComparison.Ordinal)
           from numbered in SourceFiles.LinesOf(path).Select((line, index) => (line, number: index + 1))
           where isBad(numbered.line)
           select $"{path}:{numbered.number}: {numbered.line.Trim()}";

    private static Regex Word(string word) => new($@"\b{word}\b");

    /// <summary>A sentence in quotes may be as long as a sentence is.</summary>
    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quotation();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)\s]+)\)")]
    private static partial Regex LocalLink();
}
