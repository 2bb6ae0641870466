using System.Text.RegularExpressions;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Findings;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>What every query file of the product must be, over all of them at once.</summary>
public sealed partial class CatalogTests
{
    private const int LongestBody = 80;
    private static readonly QueryCatalog catalog = QueryCatalog.Load();

    /// <summary>Words that have no place in a rule or view: effects, other files, chance, the clock.</summary>
    private static readonly Regex banned = Banned();

    [Fact]
    public void Every_rule_has_an_example_that_holds_and_one_that_is_violated()
        => Assert.Empty(catalog.Rules.Where(rule =>
                !rule.Examples.Any(example => example.Expectation == Expectation.Holds)
                || !rule.Examples.Any(example => example.Expectation == Expectation.Violated))
            .Select(rule => rule.Id));

    [Fact]
    public void Every_rule_says_why_what_causes_it_and_what_to_look_at()
        => Assert.Empty(catalog.Rules.Where(rule => !new[] { "Why", "Likely causes", "What to look at" }
                .All(title => rule.Prose.Any(section => section.Key == title && section.Value.Length > 20)))
            .Select(rule => rule.Id));

    [Fact]
    public void Every_rule_says_what_it_needs_to_see()
        => Assert.Empty(catalog.Rules.Where(rule => rule.Needs.Count == 0).Select(rule => rule.Id));

    [Fact]
    public void Profiles_that_rules_name_exist()
        => Assert.Empty(catalog.Rules.SelectMany(rule => rule.Profiles).Where(name => catalog.FindProfile(name) is null).ToList());

    [Fact]
    public void Rules_that_profiles_leave_out_exist()
        => Assert.Empty(catalog.Profiles.SelectMany(profile => profile.RulesOff)
            .Where(glob => !catalog.Rules.Any(rule => Globs.Match([glob], rule.Id))).ToList());

    [Fact]
    public void No_row_of_the_catalogue_is_covered_twice()
        => Assert.Empty(catalog.Rules.SelectMany(rule => rule.Also.Append(rule.Id)).GroupBy(row => row, StringComparer.Ordinal)
            .Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Bodies_are_short_enough_to_read()
        => Assert.Empty(catalog.Rules.Where(rule => rule.Body.Split('\n').Length > LongestBody).Select(rule => rule.Id));

    [Fact]
    public void No_body_holds_a_banned_word()
        => Assert.Empty(Bodies().Select(body => (body.File, Hit: banned.Match(Plain(body.Body)).Value)).Where(body => body.Hit.Length > 0).ToList());

    [Fact]
    public void No_rule_cuts_its_rows()
        => Assert.Empty(catalog.Rules.Where(rule => Limit().IsMatch(Plain(rule.Body))).Select(rule => rule.Id));

    [Fact]
    public void No_window_filters_what_it_counts()
        => Assert.Empty(Bodies().Where(body => FilteredWindow().IsMatch(Plain(body.Body))).Select(body => body.File));

    [Fact]
    public void No_view_gives_every_column_of_another_unsaid()
        => Assert.Empty(Bodies().Where(body => Everything().IsMatch(Plain(body.Body))).Select(body => body.File));

    [Fact]
    public void Sums_of_hostile_numbers_go_through_macros()
        => Assert.Empty(Bodies().Select(body => (body.File, Hit: RawArithmetic().Match(Plain(body.Body)).Value)).Where(body => body.Hit.Length > 0).ToList());

    [Fact]
    public void What_a_body_reads_is_what_its_header_says()
    {
        var names = catalog.Views.Select(view => view.Name).ToHashSet(StringComparer.Ordinal);
        var wrong =
            from body in Bodies()
            // Names in texts count: a macro may be told which view to read.
            let words = Word().Matches(Comment().Replace(body.Body, "").ToLowerInvariant()).Select(match => match.Value)
            let read = words.Where(names.Contains).Where(name => name != body.Name).ToHashSet(StringComparer.Ordinal)
            from name in body.Uses.Where(name => !read.Contains(name)).Select(name => $"uses '{name}' and does not read it")
            select $"{body.File}: {name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_map_of_the_views_has_them_all()
    {
        var map = Repository.Read("queries", "README.md");
        Assert.Empty(catalog.Views.Where(view => !view.IsMacro && !map.Contains($"`{view.Name}`", StringComparison.Ordinal)).Select(view => view.File));
    }

    [Fact]
    public void Every_column_of_a_view_is_described()
    {
        using var stage = new ExampleStage(catalog);
        var wrong = new List<string>();
        foreach (var view in catalog.Views.Where(view => !view.IsMacro))
        {
            stage.Prepare([view.Name], TestContext.Current.CancellationToken);
            var columns = stage.Database.Rows($"describe {Sql.Name(view.Name)}", reader => reader.GetString(0), TestContext.Current.CancellationToken);
            wrong.AddRange(columns.Except(view.Columns.Select(column => column.Key)).Select(column => $"{view.File}: {column} is not described"));
            wrong.AddRange(view.Columns.Select(column => column.Key).Except(columns).Select(column => $"{view.File}: {column} is described and not there"));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_rule_has_the_columns_of_the_contract_and_of_its_message()
    {
        using var stage = new ExampleStage(catalog);
        var wrong = new List<string>();
        foreach (var rule in catalog.Rules)
        {
            stage.Prepare(rule.Uses, TestContext.Current.CancellationToken);
            var columns = stage.Database.Rows($"describe {rule.Body}", reader => reader.GetString(0), TestContext.Current.CancellationToken);
            if (!columns.Take(5).SequenceEqual(["sequence", "since", "device", "queue", "violated"])) wrong.Add($"{rule.Id}: its columns begin {string.Join(", ", columns.Take(5))}");
            wrong.AddRange(Message.Placeholders(rule.Message).Except(columns).Select(name => $"{rule.Id}: {{{name}}} is no column"));
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Name, string File, string Body, IReadOnlyList<string> Uses)> Bodies()
        => catalog.Views.Where(view => !view.IsMacro).Select(view => (view.Name, view.File, view.Body, view.Uses))
            .Concat(catalog.Rules.Select(rule => (rule.Id, rule.File, rule.Body, rule.Uses)));

    /// <summary>The statement without its comments and texts.</summary>
    private static string Plain(string body) => Quoted().Replace(Comment().Replace(body, ""), "''").ToLowerInvariant();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(pragma|attach|install|load_aws|copy|read_(parquet|csv\w*|json\w*|ndjson\w*|text|blob)|random|now|current_timestamp|current_date|getenv|glob|parquet_\w+|query_table|enable_\w+)\b\s*\(?")]
    private static partial Regex Banned();

    [GeneratedRegex(@"\blimit\s+\d|\bsample\b|\busing\s+sample\b")]
    private static partial Regex Limit();

    /// <summary>DuckDB goes through every frame anew for these: quadratic.</summary>
    [GeneratedRegex(@"\bfilter\s*\([^()]*(\([^()]*\)[^()]*)*\)\s*over\b")]
    private static partial Regex FilteredWindow();

    [GeneratedRegex(@"^select\s+\*", RegexOptions.Multiline)]
    private static partial Regex Everything();

    [GeneratedRegex(@"\b(\w+\.)?(address|target|length|size|value|\w+_(address|target|length|index|base|end))\b\s*(::\w+\s*)?[+-](?!-)|[+-]\s*(\w+\.)?(address|target|length|size|value|\w+_(address|target|length|index|base|end))\b(?!\s*\()")]
    private static partial Regex RawArithmetic();

    [GeneratedRegex("[a-z_][a-z0-9_]*")]
    private static partial Regex Word();
}
