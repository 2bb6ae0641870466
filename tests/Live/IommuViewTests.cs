using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>
/// QEMU's own trace as a witness: its VT-d tells of every access of a device that we did not write, and the driver's
/// recording says what that device was given.
/// </summary>
public sealed class IommuViewTests : IDisposable
{
    private static readonly string[] traced =
        ["memory_region_ops_*", "pci_cfg_*", "virtio_queue_notify", "virtio_set_status", "vtd_iotlb_page_hit", "vtd_iotlb_page_update", "vtd_dmar_*"];

    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void Every_access_begins_in_something_that_the_driver_published()
    {
        var (run, _) = Drive("--requests", "200");

        var judged = JudgedRun.Of(run);
        Assert.Empty(judged.With("violated"));
        Assert.True(judged.Rules["IOMMU-001"] is { Verdict: "holds", Held: > 3000 }, $"IOMMU-001 held on {judged.Rules["IOMMU-001"].Held}");
        Assert.Equal(judged.Rules["IOMMU-001"].Held, judged.Rules["IOMMU-002"].Held);
        // As many as QEMU's log has lines of them, by another reader.
        var lines = File.ReadLines(machine.PathOf("qemu.log")).Count(line => line.Contains("IOTLB page", StringComparison.Ordinal));
        Assert.Equal([$"{lines}"], ParquetRows.Query($"select count(*) from '{run}' where event = 'iommu_accessed'"));
        var order = ParquetRows.Facts(run).SourceOrder.Single(order => order is { First: "driver", Second: "qemu" });
        Assert.Contains(order.Order, new[] { "causal", "time" });
    }

    [Fact]
    public void A_buffer_in_system_memory_is_caught_though_QEMU_reports_success()
    {
        var (run, said) = Drive("--requests", "50", "--fault", "descriptor-outside");

        var judged = JudgedRun.Of(run);
        Assert.Equal(["IOMMU-002", "SWIOTLB-003b"], judged.With("violated").Order(StringComparer.Ordinal));
        Assert.All(judged.Rules["IOMMU-002"].Findings, finding => Assert.Equal("driver", finding.AtFault));
        Assert.Equal(1, judged.ExitCode);
        // No request failed, and yet what the device was to deliver is not there.
        Assert.Contains("1 reads found other data than was written", said, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", said, StringComparison.Ordinal);
    }

    private (string Run, string Said) Drive(params string[] options)
    {
        var (qtest, window, ram, log) = (machine.PathOf("qt"), machine.SharedFile("window"), machine.SharedFile("ram"), machine.PathOf("qemu.log"));
        using var qemu = machine.Parked(
            qtest, 128,
            [
                "-object", $"memory-backend-file,id=ram,size=128M,share=on,mem-path={ram}", "-device", "intel-iommu,intremap=off",
                "-object", $"memory-backend-file,id=window,size=4M,share=on,mem-path={window}", "-device", "ivshmem-plain,memdev=window",
                "-drive", $"if=none,id=disk,file={machine.Image()},format=raw", "-device", "virtio-blk-pci,drive=disk,disable-legacy=on,iommu_platform=on",
                "-msg", "timestamp=on", "-D", log, .. traced.SelectMany(name => new[] { "-trace", name }),
            ]);
        using var driver = machine.Capture(
            ["drive", "qtest", "--socket", qtest, "--memory", "bar", "--iommu", "--poll", "--ram-file", ram, "--region-file", window, "-o", machine.PathOf("driver.parquet"), .. options]);
        driver.AwaitEnd(Machine.GuestLimit);
        qemu.Kill();
        qemu.AwaitEnd(Machine.ShortLimit);
        using var import = machine.Capture("import", log, "-o", machine.PathOf("qemu.parquet"));
        Assert.True(import.AwaitEnd(Machine.ShortLimit) == 0, import.Said);
        Assert.True(File.Exists(machine.PathOf("driver.parquet")), driver.Said);
        return (machine.Merge(machine.PathOf("driver.parquet"), machine.PathOf("qemu.parquet")), driver.Said);
    }
}
