using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>
/// A device that we did not write, QEMU's libvhost-user, records its own rings and barriers through schemas/virtio_trace.h under
/// stock Linux. docs/instrumenting-libvhost-user.md says of each finding whether it is real.
/// </summary>
public sealed class LibvhostUserTests : IDisposable
{
    private const ulong Requests = 3000;
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("suppress")]
    [InlineData("one-by-one")]
    public void Every_pair_of_the_library_is_in_order(string conduct)
    {
        var judged = Judge("", conduct);

        Assert.Empty(judged.With("violated"));
        foreach (var rule in new[] { "ORDER-S7", "ORDER-S8", "ORDER-S9", "ORDER-S11", "SPLIT-007", "SPLIT-019", "SPLIT-020", "SPLIT-032" })
            Assert.True(judged.Rules[rule] is { Verdict: "holds", Held: > Requests }, $"{rule} {judged.Rules[rule].Verdict} on {judged.Rules[rule].Held}");
        // At most the looks that it takes before the front end has enabled the ring are not judged.
        Assert.True(judged.Rules["ORDER-S10"] is { Violated: 0, Held: > 1000 }, $"ORDER-S10 held on {judged.Rules["ORDER-S10"].Held}");
    }

    [Fact]
    public void Taking_all_requests_before_completing_one_leaves_no_barrier_behind_avail_event()
    {
        var judged = Judge("", "collect");

        Assert.Equal(["ORDER-S10"], judged.With("violated"));
        var missing = judged.Rules["ORDER-S10"];
        Assert.True(missing.Violated > 1000, $"violated by {missing.Violated}");
        Assert.All(missing.Findings, finding => Assert.Equal("device", finding.AtFault));
        Assert.Contains("available_index follows available_event", missing.Findings[0].Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Of these two pairs x86-64 keeps the order by itself: the guest works, and only the record shows what is missing. Without the
    /// others a guest may really hang.
    /// </summary>
    [Theory]
    [InlineData("s7", "ORDER-S7")]
    [InlineData("s8", "ORDER-S8")]
    public void A_barrier_that_is_taken_away_is_found(string site, string rule)
    {
        var judged = Judge(site, "one-by-one");

        Assert.Equal([rule], judged.With("violated"));
        Assert.True(judged.Rules[rule] is { Violated: > Requests, Held: 0 }, $"{rule}: {judged.Rules[rule].Violated}");
    }

    private JudgedRun Judge(string without, string conduct)
    {
        var run = LibvhostUserRun.Of(machine, GuestScripts.UseDisk, LibvhostUser.Program("recording", without), "--journals", "JOURNALS", "--conduct", conduct);
        GuestDisk.AssertVerified(run.Console, run.Image);
        var target = machine.PathOf("run.parquet");
        using var recover = Job.Capture("recover", run.Journals, "-o", target);
        Assert.True(recover.AwaitEnd(Machine.GuestLimit) == 0, recover.Said);
        var (requests, _) = LibvhostUser.Report(run.Said);
        Assert.Equal([$"{requests}"], ParquetRows.Query($"select count(*) from '{target}' where event = 'dma_write' and part = 'used_entry'"));
        return JudgedRun.Of(target);
    }
}
