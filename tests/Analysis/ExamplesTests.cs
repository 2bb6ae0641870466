using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Every example of every rule, of the product's and of these tests'.</summary>
public sealed class ExamplesTests(ExamplesTests.Runners runners) : IClassFixture<ExamplesTests.Runners>
{
    private static readonly QueryCatalog product = QueryCatalog.Load();
    private static readonly QueryCatalog fixtures = QueryCatalog.LoadFolder(Fixtures.Folder);

    public static TheoryData<string, int> OfTheProduct() => All(product);

    public static TheoryData<string, int> OfTheseTests() => All(fixtures);

    [Theory]
    [MemberData(nameof(OfTheProduct))]
    public void An_example_shows_what_it_says(string rule, int line) => Check(runners.Product, product, rule, line);

    [Theory]
    [MemberData(nameof(OfTheseTests))]
    public void A_fixture_shows_what_it_says(string rule, int line) => Check(runners.Fixtures, fixtures, rule, line);

    [Fact]
    public void An_example_that_shows_something_else_is_reported_with_its_events()
    {
        var rule = fixtures.FindRule("TEST-001")!;
        var wrong = rule.Examples.First(example => example.Expectation == Expectation.Violated) with { Expectation = Expectation.Holds };
        var problem = runners.Fixtures.Problem(rule, wrong, TestContext.Current.CancellationToken);
        Assert.Contains("expected holds, got violated", problem, StringComparison.Ordinal);
        Assert.Contains("    #3 @device:1 device/0 dev0/q0 dma_read address=bus:0x10ff0 length=17", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_names_another_anchor_is_reported()
    {
        var rule = fixtures.FindRule("TEST-001")!;
        var wrong = rule.Examples.First(example => example.Anchors.Count > 0) with { Anchors = [7] };
        Assert.Contains("expected violations at 7, got 3", runners.Fixtures.Problem(rule, wrong, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static void Check(ExampleRunner runner, QueryCatalog catalog, string id, int line)
    {
        var rule = catalog.FindRule(id)!;
        var problem = runner.Problem(rule, rule.Examples.First(example => example.Line == line), TestContext.Current.CancellationToken);
        Assert.True(problem is null, problem);
    }

    private static TheoryData<string, int> All(QueryCatalog catalog)
    {
        var data = new TheoryData<string, int>();
        foreach (var rule in catalog.Rules)
        {
            foreach (var example in rule.Examples) data.Add(rule.Id, example.Line);
        }

        return data;
    }

    /// <summary>One instance of DuckDB for each catalogue.</summary>
    public sealed class Runners : IDisposable
    {
        internal ExampleRunner Product { get; } = new(product);

        internal ExampleRunner Fixtures { get; } = new(fixtures);

        public void Dispose()
        {
            Product.Dispose();
            Fixtures.Dispose();
        }
    }
}
