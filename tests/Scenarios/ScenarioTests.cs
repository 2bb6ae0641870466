using Tracing.Analysis.Catalog;
using Tracing.Capture.Simulation;
using Tracing.Tests.Judging;
using Xunit;

namespace Tracing.Tests.Scenarios;

/// <summary>Clean runs: no MUST rule is violated, and SHOULD and lint findings are those that the scenario's file names.</summary>
public sealed class ScenarioTests
{
    private const string Size = "requests=200";

    public static TheoryData<string> Expectations() => [.. ScenarioExpectation.All.Keys];

    [Fact]
    public void Every_scenario_has_a_file()
        => Assert.Equal(
            Catalog.Scenarios.Select(scenario => scenario.Name),
            ScenarioExpectation.All.Values.Select(expected => expected.Scenario).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_scenario_is_expected_to_violate_a_MUST_rule()
        => Assert.DoesNotContain(
            ScenarioExpectation.All.Values.SelectMany(expected => expected.Violates),
            id => QueryCatalog.Load().FindRule(id)!.Level == Level.Must);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void A_clean_run_shows_what_its_scenario_must_show(string name)
    {
        for (ulong seed = 1; seed <= (ulong)TestScale.Seeds; seed++) Judge(name, seed, [Size]);
    }

    [Theory]
    [MemberData(nameof(Expectations))]
    public void So_does_one_of_full_size(string name) => Judge(name, 1, []);

    [Fact]
    public void Every_rule_holds_on_something_in_a_clean_run()
    {
        var held = ScenarioExpectation.All.Values.SelectMany(expected =>
        {
            using var run = new RecordedRun(expected.Scenario, 1, [Size, .. expected.Settings]);
            string[] profile = ["--profile", "swiotlb-draft0"];
            return JudgedRun.Of(run.File).Rules.Values.Concat(JudgedRun.Of(run.File, profile).Rules.Values).Where(rule => rule.Held > 0).Select(rule => rule.Id);
        });
        Assert.Equal(BeyondThePair.Rules, QueryCatalog.Load().Rules.Select(rule => rule.Id).Except(held.ToList()).Order(StringComparer.Ordinal));
    }

    private static void Judge(string name, ulong seed, string[] size)
    {
        var expected = ScenarioExpectation.All[name];
        string[] settings = [.. size, .. expected.Settings];
        var command = $"capture record {expected.Scenario} -o run.parquet --seed {seed}{string.Concat(settings.Select(setting => $" --set {setting}"))}";
        using var run = new RecordedRun(expected.Scenario, seed, settings);
        Assert.True(run.Outcome.Failures.Count == 0, $"{string.Join("; ", run.Outcome.Failures)}\nRepeat it: {command}");
        var judged = JudgedRun.Of(run.File);
        var violated = judged.With("violated").ToList();
        var finding = violated.SelectMany(id => judged.Rules[id].Findings).FirstOrDefault();
        Assert.True(
            violated.SequenceEqual(expected.Violates) && judged.ExitCode == expected.ExitCode,
            $"expected [{string.Join(", ", expected.Violates)}] and exit code {expected.ExitCode}, got [{string.Join(", ", violated)}] and {judged.ExitCode}: "
                + $"{finding?.Message} at {finding?.Access}\nRepeat it: {command} && analyzer check run.parquet");
        Assert.Empty(judged.With("inconclusive"));
    }
}
