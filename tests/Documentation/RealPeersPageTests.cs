using System.Text.RegularExpressions;
using Tracing.Tests.Analysis;
using Xunit;

namespace Tracing.Tests.Documentation;

/// <summary>The evidence that docs/real-peers.md quotes is what the analyzer prints of the samples.</summary>
public sealed partial class RealPeersPageTests
{
    public static TheoryData<string, string> Quotations()
    {
        var data = new TheoryData<string, string>();
        foreach (Match match in Quotation().Matches(Repository.Read("docs", "real-peers.md"))) data.Add(match.Groups[1].Value, match.Groups[2].Value);
        return data;
    }

    [Theory]
    [MemberData(nameof(Quotations))]
    public void A_quotation_is_what_the_command_prints(string command, string quoted)
    {
        var words = Word().Matches(command).Select(match => match.Value.Trim('"')).Skip(1)
            .Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(word) : word);
        var printed = CommandLine.Run([.. words]);
        Assert.Equal("", printed.Error);
        Assert.Equal(Trimmed(printed.Output), Trimmed(quoted));
    }

    /// <summary>Without the blanks behind columns, which pages do not keep.</summary>
    private static string Trimmed(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(line => line.TrimEnd()));

    [GeneratedRegex("```\n(analyzer (?:show|sql) samples/[^\n]*)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Quotation();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
