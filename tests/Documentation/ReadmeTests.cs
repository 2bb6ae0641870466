using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Documentation;

/// <summary>What the README shows is what happens.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Plain_SQL_finds_the_descriptor_outside_the_region()
        => WithBadRun(bad =>
        {
            var query = SqlOfReadme().Match(Repository.Read("README.md")).Groups[1].Value;
            var found = Rows(query.Replace("'bad.parquet'", $"'{bad}'", StringComparison.Ordinal));

            // The driver publishes one such descriptor; the device fetches it once.
            var row = Assert.Single(found);
            Assert.Equal("descriptor", row["part"]);
            Assert.StartsWith("0x", Assert.IsType<string>(row["address"]), StringComparison.Ordinal);
        });

    [Fact]
    public void The_finding_that_is_explained_is_the_one_that_is_printed()
        => WithBadRun(bad =>
        {
            var shown = FindingOfReadme().Match(Repository.Read("README.md")).Groups[1].Value;
            var printed = Analysis.CommandLine.Run("check", bad, "--select", "SWIOTLB-003b").Output.Replace(bad, "bad.parquet", StringComparison.Ordinal);

            Assert.Contains(shown, printed, StringComparison.Ordinal);
        });

    private static void WithBadRun(Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("readme-");
        try
        {
            var bad = Path.Combine(folder.FullName, "bad.parquet");
            var (exitCode, _, error) = CaptureProgram.Run(null, "record", "-o", bad, "--fault", "descriptor-outside", "--set", "requests=200");
            Assert.True(exitCode == 0, error);
            test(bad);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Dictionary<string, object>> Rows(string query)
    {
        using var database = new DuckDBConnection("Data Source=:memory:");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, object>>();
        while (reader.Read())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue));
        return rows;
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlOfReadme();

    [GeneratedRegex("```\n(SWIOTLB-003b: .*?)```", RegexOptions.Singleline)]
    private static partial Regex FindingOfReadme();
}
