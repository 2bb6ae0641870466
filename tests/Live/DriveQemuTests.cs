using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>The reference driver on QEMU's own virtio-blk, a device that we did not write.</summary>
public sealed class DriveQemuTests : IDisposable
{
    private readonly Machine machine = new();
    private string ram = "";

    public void Dispose() => machine.Dispose();

    [Fact]
    public void Rings_and_buffers_in_another_functions_BAR_leave_guest_memory_untouched()
    {
        var (run, said) = Drive("--memory", "bar", "--requests", "2500");

        Assert.Contains("5002 requests", said, StringComparison.Ordinal);
        Assert.DoesNotContain("capture: ", said.Replace("capture: waiting", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(File.ReadAllBytes(ram).AsSpan().IndexOfAnyExcept((byte)0) < 0, "guest memory is not all zero");
        var judged = JudgedRun.Of(run);
        Assert.Equal(0, judged.ExitCode);
        Assert.Empty(judged.With("violated"));
        foreach (var rule in new[] { "SWIOTLB-003a", "SWIOTLB-003b", "SWIOTLB-003c", "ORDER-S1", "ORDER-S3", "ORDER-S6" })
            Assert.True(judged.Rules[rule].Held > 0, $"{rule} held on nothing");
    }

    [Fact]
    public void Mixed_memory_needs_and_has_the_platforms_order()
    {
        var (run, _) = Drive("--memory", "mixed", "--assume", "ORDER_PLATFORM", "--requests", "500");

        var judged = JudgedRun.Of(run);
        Assert.Empty(judged.With("violated"));
        Assert.Contains("ORDER-S1", judged.With("holds"));
        Assert.Contains("mixed", Placements(run, "order_s1", "not violated"));
    }

    [Fact]
    public void Weak_barriers_are_found_on_mixed_and_system_pairs_and_not_in_the_window()
    {
        var (run, _) = Drive("--memory", "mixed", "--assume", "ORDER_PLATFORM", "--requests", "500", "--fault", "weak-barriers-system");

        Assert.NotEmpty(JudgedRun.Of(run).With("violated"));
        foreach (var rule in new[] { "order_s1", "order_s3", "order_s5" })
            Assert.DoesNotContain("region", Placements(run, rule, "violated"));
        Assert.Contains("mixed", Placements(run, "order_s1", "violated"));
        Assert.Contains("region", Placements(run, "order_s1", "not violated"));
        Assert.Contains("system", Placements(run, "order_s3", "violated"));
    }

    [Fact]
    public void A_feature_that_was_not_offered_is_found_though_QEMU_lets_it_pass()
    {
        var (run, _) = Drive("--memory", "bar", "--requests", "20", "--accept", "36");

        var judged = JudgedRun.Of(run);
        Assert.Equal(["NEG-001"], judged.With("violated"));
        Assert.Contains("11", ParquetRows.Query($"select value from '{run}' where event = 'register_read' and register_name = 'device_status'"));
    }

    private (string Run, string Said) Drive(params string[] options)
    {
        var (qtest, window, run) = (machine.PathOf("qt"), machine.SharedFile("window"), machine.PathOf("run.parquet"));
        ram = machine.SharedFile("ram");
        using var qemu = machine.Parked(
            qtest, 128,
            "-object", $"memory-backend-file,id=ram,size=128M,share=on,mem-path={ram}",
            "-object", $"memory-backend-file,id=window,size=4M,share=on,mem-path={window}", "-device", "ivshmem-plain,memdev=window",
            "-drive", $"if=none,id=disk,file={machine.Image()},format=raw", "-device", "virtio-blk-pci,drive=disk,disable-legacy=on,iommu_platform=on");
        string[] memory = options.Contains("bar") ? [] : ["--ram-file", ram];
        using var driver = machine.Capture(["drive", "qtest", "--socket", qtest, "--region-file", window, "-o", run, .. memory, .. options]);
        Assert.True(driver.AwaitEnd(Machine.GuestLimit) == 0, driver.Said);
        return (run, driver.Said);
    }

    private static string Placements(string run, string rule, string which)
        => Analysis.CommandLine.Run("sql", run, $"select distinct placement from rule_{rule} where {which}", "--format", "csv").Output;
}
