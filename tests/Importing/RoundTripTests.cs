using Tracing.Schemas;
using Tracing.Tests.Analysis;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Tracing.Tests.Samples;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>What the analyzer prints of a run, imported, is the run.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Samples() => [.. RealSample.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_real_run_comes_back_from_its_text(string name)
    {
        var run = RealSample.All[name].Recording;
        var shown = Shown("show", run, "--facts");
        var back = await ImportedFile.Import(folder, shown);

        AssertSameRows(run, back);
        AssertSameFacts(ParquetRows.Facts(run), ParquetRows.Facts(back));
        Assert.Equal(shown, Shown("show", back, "--facts"));

        // Without the line that says what the run says of itself.
        AssertSameRows(run, await ImportedFile.Import(folder, Shown("show", run)));
    }

    [Fact]
    public async Task A_simulated_run_comes_back_from_its_text_with_its_verdicts()
    {
        for (ulong seed = 1; seed <= (ulong)TestScale.Seeds; seed++)
        {
            using var run = new RecordedRun("blk-order-platform", seed, ["requests=60"]);
            var back = await ImportedFile.Import(folder, Shown("show", run.File, "--facts"), "--from", "text");

            AssertSameRows(run.File, back);
            AssertSameFacts(run.Sealed.Facts, ParquetRows.Facts(back));
            var (expected, judged) = (JudgedRun.Of(run.File), JudgedRun.Of(back));
            Assert.Equal(Verdicts(expected), Verdicts(judged));
        }
    }

    [Theory]
    [InlineData("guest-driver-device")]
    [InlineData("qemu-bar")]
    public async Task A_real_run_comes_back_from_JSON_lines(string name)
    {
        var run = RealSample.All[name].Recording;
        AssertSameRows(run, await ImportedFile.Import(folder, Shown("sql", run, "select * from event order by sequence", "--format", "jsonl")));
    }

    [Fact]
    public async Task Random_events_of_several_sources_come_back_in_both_forms()
    {
        for (var seed = 1; seed <= TestScale.Seeds; seed++)
        {
            var rows = Random(seed);
            var expected = rows.Select(EventText.Format).ToList();
            var text = await ImportedFile.Import(folder, string.Concat(expected.Select(line => $"{Printable.Line(line)}\n")), "--from", "text");
            Assert.Equal(expected, ParquetRows.Read(text).Select(EventText.Format));

            var lines = Shown("sql", text, "select * from event order by sequence", "--format", "jsonl");
            Assert.Equal(expected, ParquetRows.Read(await ImportedFile.Import(folder, lines)).Select(EventText.Format));
        }
    }

    private static List<EventRow> Random(int seed)
    {
        string[] sources = ["driver", "a device with spaces", "quoted \"name\":7", "äöü"];
        var random = new Random(seed);
        var events = new RandomEvents(seed);
        var counts = new ulong[sources.Length];
        var rows = new List<EventRow>();
        foreach (var kind in EventKinds.All.Where(kind => kind != EventKind.Continuation).Concat(EventKinds.All.Where(kind => kind != EventKind.Continuation)))
        {
            var row = events.Row(kind);
            var source = random.Next(sources.Length);
            row.Source = sources[source];
            row[Column.SourceSequence] = ++counts[source];
            row[Column.Sequence] = (ulong)rows.Count + 1;
            // Times in no order at all: the file's order counts.
            if (random.Next(3) != 0) row.TimeNs = random.NextInt64(long.MinValue + 1, long.MaxValue);
            rows.Add(row);
        }

        return rows;
    }

    private static string Shown(params string[] arguments)
    {
        var shown = CommandLine.Run(arguments);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        return shown.Output;
    }

    private static void AssertSameRows(string expected, string actual)
        => Assert.Equal(ParquetRows.Read(expected).Select(EventText.Format), ParquetRows.Read(actual).Select(EventText.Format));

    private static void AssertSameFacts(RunFacts expected, RunFacts actual)
    {
        Assert.Equal((expected.Profile, expected.Complete), (actual.Profile, actual.Complete));
        Assert.Equal(expected.Assumes ?? [], actual.Assumes);
        Assert.Equal(
            expected.Sources.OrderBy(source => source.Name, StringComparer.Ordinal).Select(source => $"{source.Name} {source.Clock} {string.Join(',', source.Sees)} {source.Events}"),
            actual.Sources.Select(source => $"{source.Name} {source.Clock} {string.Join(',', source.Sees)} {source.Events}"));
        Assert.Equal(Orders(expected), Orders(actual));
    }

    private static IEnumerable<string> Orders(RunFacts facts) => facts.SourceOrder
        .Select(order => $"{string.Join(' ', new[] { order.First, order.Second }.Order(StringComparer.Ordinal))} {order.Order} {order.UncertaintyNs}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Verdicts(JudgedRun judged)
        => judged.Rules.Values.Select(rule => $"{rule.Id} {rule.Verdict} {rule.Violated} {rule.Held}").Order(StringComparer.Ordinal);
}
