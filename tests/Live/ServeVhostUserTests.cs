using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>The reference device as the vhost-user back end of QEMU, with stock Linux as its driver.</summary>
public sealed class ServeVhostUserTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void Stock_Linux_works_on_the_back_end()
    {
        var image = machine.Image();
        var run = Boot(image, "quiet", "");

        GuestDisk.AssertVerified(machine.Console, image);
        var judged = JudgedRun.Of(run);
        Assert.Empty(judged.With("violated"));
        foreach (var rule in new[] { "NEG-001", "ORDER-S7", "ORDER-S8", "ORDER-S9", "ORDER-S10", "ORDER-S11", "SPLIT-007", "SPLIT-020" })
            Assert.True(judged.Rules[rule].Held > 0, $"{rule} held on nothing");
        Assert.True(judged.Rules["ORDER-S7"].Held > 1000, $"{judged.Rules["ORDER-S7"].Held} requests");
    }

    [Fact]
    public void Forced_bouncing_moves_buffers_and_tables_into_the_pool_and_leaves_rings_outside()
    {
        // The pool must lie where it lay in the run whose console tells: without nokaslr it may move from boot to boot.
        const string Forced = "swiotlb=force iommu=soft nokaslr";
        string[] access = ["--features", "access-platform"];
        Boot(machine.Image(), Forced, ",iommu_platform=on", access);
        var console = machine.PathOf("console.saved");
        File.Copy(machine.PathOf("console"), console);

        var image = machine.Image();
        var run = Boot(image, Forced, ",iommu_platform=on", [.. access, "--confine", $"auto:{console}"]);

        GuestDisk.AssertVerified(machine.Console, image);
        var judged = JudgedRun.Of(run);
        Assert.Contains("SWIOTLB-003a", judged.With("violated"));
        Assert.All(judged.Rules["SWIOTLB-003a"].Findings, finding => Assert.Contains("(declared, not negotiated)", finding.Message, StringComparison.Ordinal));
        // Linux passes everything by indirect tables; the three descriptors outside are SeaBIOS's, which knows of no pool.
        Assert.Equal(["SWIOTLB-003a", "SWIOTLB-003b"], judged.With("violated").Order(StringComparer.Ordinal));
        Assert.Equal(3UL, judged.Rules["SWIOTLB-003b"].Violated);
        Assert.Equal(["3"], ParquetRows.Query($"""
            select count(*) from '{run}'
            where event = 'dma_read' and part = 'descriptor' and flags & 4 = 0
              and sequence < (select max(sequence) from '{run}' where event = 'message_received' and note = 'SetFeatures')
            """));
        foreach (var rule in new[] { "SWIOTLB-003c", "SWIOTLB-004" })
            Assert.True(judged.Rules[rule] is { Verdict: "holds", Held: > 1000 }, $"{rule} {judged.Rules[rule].Verdict} on {judged.Rules[rule].Held}");
    }

    private string Boot(string image, string commandLine, string deviceOptions, params string[] options)
    {
        var (socket, run) = (machine.PathOf("vu"), machine.PathOf("run.parquet"));
        using var capture = machine.Capture(["serve", "vhost-user", "--listen", socket, "--image", image, "-o", run, .. options]);
        capture.AwaitWord("waiting at", Machine.ShortLimit);
        using var guest = machine.Guest(
            new Initramfs(GuestScripts.UseDisk, GuestScripts.BlkModules), commandLine, 256,
            "-chardev", $"socket,id=vu,path={socket}", "-device", $"vhost-user-blk-pci,chardev=vu,num-queues=1,disable-legacy=on{deviceOptions}");
        Assert.True(capture.AwaitEnd(Machine.GuestLimit) == 0, capture.Said);
        return run;
    }
}
