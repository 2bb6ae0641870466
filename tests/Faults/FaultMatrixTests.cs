using System.Globalization;
using System.Text;
using Tracing.Analysis.Catalog;
using Tracing.Capture.Simulation;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Faults;

/// <summary>
/// Every fault against the whole catalogue: exactly the rules that its file names are violated, by the right side, at the
/// right event, with the exit code that it names; over <see cref="TestScale.Seeds"/> seeds.
/// </summary>
public sealed class FaultMatrixTests(FaultMatrixTests.Matrix matrix) : IClassFixture<FaultMatrixTests.Matrix>
{
    private const string Size = "requests=60";

    public static TheoryData<string> Faults() => [.. FaultExpectation.All.Keys];

    [Fact]
    public void Every_fault_has_a_file_and_every_file_a_fault()
        => Assert.Equal(
            Catalog.Faults.Select(fault => fault.Name),
            FaultExpectation.All.Values.Select(expected => expected.Fault.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_is_violated_by_a_fault()
        => Assert.Equal(BeyondThePair.Rules, QueryCatalog.Load().Rules.Select(rule => rule.Id)
            .Except(FaultExpectation.All.Values.SelectMany(expected => expected.Violates.Keys)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_caught_by_exactly_its_rules(string name)
    {
        var row = matrix.RowOf(name);
        Assert.True(row.Problem is null, row.Problem);
    }

    [Fact]
    public void The_matrix()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(matrix.Text());
        Assert.All(FaultExpectation.All.Keys, name => Assert.Equal(TestScale.Seeds, matrix.RowOf(name).Right));
    }

    private static MatrixRow Judge(string name)
    {
        var expected = FaultExpectation.All[name];
        var all = new SortedSet<string>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= (ulong)TestScale.Seeds; seed++)
        {
            var problem = Problem(expected, seed, out var caught);
            all.UnionWith(caught);
            if (problem is not null) return new MatrixRow((int)seed - 1, all, $"{name}, seed {seed}: {problem}\nRepeat it: {Command(expected, seed)}");
        }

        return new MatrixRow(TestScale.Seeds, all, null);
    }

    private static string? Problem(FaultExpectation expected, ulong seed, out IReadOnlyList<string> caught)
    {
        using var run = new RecordedRun(expected.Scenario, seed, [Size, .. expected.Settings], expected.Fault);
        string[] options = expected.Profile is { } profile ? ["--profile", profile] : [];
        var judged = JudgedRun.Of(run.File, options);
        caught = [.. judged.With("violated")];
        return WrongRules(expected, caught)
            ?? expected.Violates.Select(rule => WrongFinding(expected, judged.Rules[rule.Key], rule.Value)).FirstOrDefault(problem => problem is not null)
            ?? WrongExit(expected, judged, run.File, options)
            ?? (expected.Violates.Count == 0 && expected.ExitCode == 0 && !Differs(expected, run.File, seed) ? "the fault changed nothing in the run" : null);
    }

    private static string? WrongRules(FaultExpectation expected, IReadOnlyList<string> caught)
    {
        var wanted = expected.Violates.Keys.Concat(expected.Besides).Order(StringComparer.Ordinal).ToList();
        var got = caught.Order(StringComparer.Ordinal).ToList();
        return wanted.SequenceEqual(got) ? null : $"expected [{string.Join(", ", wanted)}] to be violated, got [{string.Join(", ", got)}]";
    }

    private static string? WrongFinding(FaultExpectation expected, JudgedRule rule, string[] words)
    {
        if (rule.Findings.Count == 0) return $"{rule.Id} shows no finding";
        var wrong = rule.Findings.FirstOrDefault(finding => finding.AtFault != expected.Side || !words.All(word => finding.Access.Contains(word, StringComparison.Ordinal)));
        return wrong is null ? null : $"{rule.Id}: expected the {expected.Side} at [{string.Join(' ', words)}], got the {wrong.AtFault} at [{wrong.Access}]: {wrong.Message}";
    }

    private static string? WrongExit(FaultExpectation expected, JudgedRun judged, string file, string[] options)
    {
        if (judged.ExitCode != expected.ExitCode) return $"expected exit code {expected.ExitCode}, got {judged.ExitCode}";
        if (expected.Violates.Count == 0 || expected.ExitCode != 0) return null;
        var strict = JudgedRun.Of(file, [.. options, "--fail-on", "lint"]).ExitCode;
        return strict == 1 ? null : $"expected exit code 1 with --fail-on lint, got {strict}";
    }

    /// <summary>Whether a fault that must stay silent did anything at all.</summary>
    private static bool Differs(FaultExpectation expected, string file, ulong seed)
    {
        using var proper = new RecordedRun(expected.Scenario, seed, [Size, .. expected.Settings]);
        return Barriers(proper.File) != Barriers(file);
    }

    private static string Barriers(string file) => string.Join('\n', ParquetRows.Query(
        $"select actor, ordering, ordering_domain, count(*) from '{file}' where event = 'barrier' group by all order by all"));

    private static string Command(FaultExpectation expected, ulong seed)
    {
        var settings = string.Concat(expected.Settings.Prepend(Size).Select(setting => $" --set {setting}"));
        return $"capture record {expected.Scenario} -o run.parquet --seed {seed} --fault {expected.Fault}{settings} && analyzer check run.parquet";
    }

    /// <summary>What became of one fault.</summary>
    /// <param name="Right">Over how many seeds, from 1 on, it was caught as it must be.</param>
    /// <param name="Violated">The rules that were violated.</param>
    /// <param name="Problem">What was wrong at the next seed, or null.</param>
    public sealed record MatrixRow(int Right, IReadOnlyCollection<string> Violated, string? Problem);

    /// <summary>Each fault judged once, whichever test asks first.</summary>
    public sealed class Matrix
    {
        private readonly Dictionary<string, Lazy<MatrixRow>> rows =
            FaultExpectation.All.Keys.ToDictionary(name => name, name => new Lazy<MatrixRow>(() => Judge(name)), StringComparer.Ordinal);

        /// <summary>What became of a fault.</summary>
        public MatrixRow RowOf(string name) => rows[name].Value;

        /// <summary>The whole matrix; the faults still to be judged are judged side by side.</summary>
        public string Text()
        {
            Parallel.ForEach(rows.Values, row => _ = row.Value);
            var text = new StringBuilder("fault                          seeds  violated\n");
            foreach (var (name, row) in rows.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var rules = row.Value.Violated.Count == 0 ? "(nothing)" : string.Join(", ", row.Value.Violated);
                text.Append(CultureInfo.InvariantCulture, $"{name,-30} {row.Value.Right,2}/{TestScale.Seeds,-2}  {rules}\n");
            }

            return text.ToString();
        }
    }
}
