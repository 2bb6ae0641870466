using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>
/// The C pair with two real threads: each barrier that it has is proved to be there, and each that is taken away is found, blamed on
/// its side, and on nothing else.
/// </summary>
public sealed class PairTests
{
    private static readonly int publications = TestScale.ThreadRuns > 1 ? 100_000 : 10_000;
    private static readonly string[] ofEachPublication = ["ORDER-S1", "ORDER-S2", "ORDER-S3", "ORDER-S7", "ORDER-S8", "ORDER-S9"];
    private static readonly string[] ofEveryRun = ["ORDER-S5", "ORDER-S6", "ORDER-S11", "ORDER-T1", "ORDER-T2", "ORDER-T3", "SPLIT-021", "INIT-001", "NEG-010"];

    [Fact]
    public void With_its_barriers_every_rule_holds()
    {
        for (var seed = 1; seed <= TestScale.ThreadRuns; seed++)
        {
            var run = PairRun.Of(publications, seed);

            Assert.Equal(0, run.Judged.ExitCode);
            Assert.Empty(run.Judged.With("violated"));
            Assert.Empty(run.Judged.With("inconclusive"));
            foreach (var rule in ofEachPublication) Assert.Equal((rule, (ulong)publications), (rule, run.Judged.Rules[rule].Held));
            foreach (var rule in ofEveryRun) Assert.True(run.Judged.Rules[rule].Held > 0, $"{rule} held on nothing");
            AssertRequests(run);
            Assert.Contains("wrong buffers: 0", run.Said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("s1", "driver")]
    [InlineData("s2", "driver")]
    [InlineData("s3", "driver")]
    [InlineData("s4", "driver")]
    [InlineData("s5", "driver")]
    [InlineData("s7", "device")]
    [InlineData("s8", "device")]
    [InlineData("s9", "device")]
    [InlineData("s10", "device")]
    public void A_barrier_that_is_left_out_is_found(string barrier, string side)
    {
        for (var seed = 1; seed <= TestScale.ThreadRuns; seed++)
        {
            var run = PairRun.Of(publications, seed, barrier);

            var rule = $"ORDER-{barrier.ToUpperInvariant()}";
            Assert.Equal(1, run.Judged.ExitCode);
            Assert.Equal([rule], run.Judged.With("violated"));
            Assert.Empty(run.Judged.With("inconclusive"));
            Assert.All(run.Judged.Rules[rule].Findings, finding => Assert.Equal(side, finding.AtFault));
        }
    }

    /// <summary>
    /// S4 and S10 are about the times that a side asks to be told, finds nothing and waits; one that gives up waiting and asks again counts once.
    /// </summary>
    private static void AssertRequests(PairRun run)
    {
        var (driver, device) = (run.Judged.Rules["ORDER-S4"].Held, run.Judged.Rules["ORDER-S10"].Held);
        Assert.InRange(driver, (ulong)publications / 100, run.Waits.Driver);
        Assert.InRange(device, (ulong)publications / 100, run.Waits.Device);
    }
}
