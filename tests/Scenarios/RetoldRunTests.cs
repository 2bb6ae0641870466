using Tracing.Tests.Faults;
using Tracing.Tests.Judging;
using Xunit;

namespace Tracing.Tests.Scenarios;

/// <summary>
/// What a recording leaves out must not become a violation, and what it tells in more events than another one is judged as
/// well: the rules on virtqueues over one run in many tellings.
/// </summary>
public sealed class RetoldRunTests(RetoldRunTests.Originals originals) : IClassFixture<RetoldRunTests.Originals>
{
    private static readonly string[] rules = ["SPLIT-*", "IND-*", "RST-008"];

    public static TheoryData<string, string> WholeTellings() => Combine(RetoldRun.Whole.Keys);

    public static TheoryData<string, string> PartialTellings() => Combine(RetoldRun.Partial.Keys);

    public static TheoryData<string> Faults() =>
    [
        "access-after-used", "indirect-table-length", "looped-chain", "nested-indirect", "rewrite-published-descriptor",
        "used-id-unknown", "used-length-too-large", "used-twice", "writable-before-readable", "write-descriptor-table",
        "write-readable-buffer",
    ];

    [Theory]
    [MemberData(nameof(WholeTellings))]
    public void A_clean_run_told_in_full_is_judged_in_full(string scenario, string telling)
    {
        var judged = Judge(originals.Of(scenario).File, RetoldRun.Whole[telling]);
        Assert.Empty(judged.With("violated"));
        Assert.Empty(judged.With("inconclusive"));
    }

    [Theory]
    [MemberData(nameof(PartialTellings))]
    public void A_clean_run_told_in_part_is_not_violated(string scenario, string telling)
    {
        var judged = Judge(originals.Of(scenario).File, RetoldRun.Partial[telling]);
        Assert.Equal([], judged.Rules.Values.SelectMany(rule => rule.Findings.Select(finding => $"{rule.Id}: {finding.Message} at {finding.Access}")));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_caught_however_it_is_told(string name)
    {
        var expected = FaultExpectation.All[name];
        using var run = new RecordedRun(expected.Scenario, 1, ["requests=60", .. expected.Settings], expected.Fault);
        var judged = Judge(run.File, RetoldRun.Whole["all of that"]);
        Assert.Equal(expected.Violates.Keys.Order(StringComparer.Ordinal), judged.With("violated").Order(StringComparer.Ordinal));
    }

    private static JudgedRun Judge(string original, string telling)
    {
        var path = Path.Combine(Path.GetDirectoryName(original)!, "retold.parquet");
        RetoldRun.Write(original, telling, path);
        try
        {
            return JudgedRun.Of(path, [.. rules.SelectMany(rule => new[] { "--select", rule })]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TheoryData<string, string> Combine(IEnumerable<string> tellings)
    {
        var data = new TheoryData<string, string>();
        foreach (var telling in tellings)
        {
            data.Add("blk-swiotlb", telling);
            data.Add("blk-system", telling);
        }

        return data;
    }

    /// <summary>Each scenario recorded once: two queues so short that their indices come round often.</summary>
    public sealed class Originals : IDisposable
    {
        private readonly Dictionary<string, Lazy<RecordedRun>> runs = new[] { "blk-swiotlb", "blk-system" }
            .ToDictionary(name => name, name => new Lazy<RecordedRun>(() => new RecordedRun(name, 1, ["requests=80", "queues=2", "queue-size=8"])), StringComparer.Ordinal);

        internal RecordedRun Of(string scenario) => runs[scenario].Value;

        public void Dispose()
        {
            foreach (var run in runs.Values.Where(run => run.IsValueCreated)) run.Value.Dispose();
        }
    }
}
