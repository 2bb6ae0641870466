using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>
/// Two of our processes negotiate SWIOTLB across a PCI bus that is not ours, and both record; the two recordings become
/// one run.
/// </summary>
public sealed class TwoProcessTests : IDisposable
{
    private static readonly string[] mustHold =
    [
        "SWIOTLB-003a", "SWIOTLB-003b", "SWIOTLB-003c", "SWIOTLB-004", "ORDER-S1", "ORDER-S2", "ORDER-S3", "ORDER-S6", "ORDER-S7",
        "ORDER-S8", "ORDER-T1", "ORDER-T2", "ORDER-T3", "ORDER-T4",
    ];

    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void SWIOTLB_is_negotiated_and_kept()
    {
        var run = Run([], ["--requests", "2500"]);

        var judged = JudgedRun.Of(run);
        Assert.Equal(0, judged.ExitCode);
        Assert.Empty(judged.With("violated"));
        Assert.Empty(judged.With("inconclusive"));
        foreach (var rule in mustHold) Assert.True(judged.Rules[rule].Held > 0, $"{rule} held on nothing");
        foreach (var rule in new[] { "ORDER-S4", "ORDER-S5", "ORDER-S9", "ORDER-S10", "ORDER-S11" })
            Assert.True(judged.Rules[rule].Held > 0, $"{rule} held on nothing");
        Assert.True(judged.Rules["ORDER-S1"].Held >= 5000, $"{judged.Rules["ORDER-S1"].Held} requests");
        Assert.Equal(["0"], ParquetRows.Query($"""
            with region as (
                select address as first, address::hugeint + length as past
                from '{run}' where event = 'region_mapped' and region_origin = 'capability' and source = 'platform'
            )
            select count(*) from '{run}', region
            where event in ('dma_read', 'dma_write') and not (address >= first and address::hugeint + length <= past)
            """));
        Assert.Equal("causal", ParquetRows.Facts(run).SourceOrder.Single(order => order is { First: "device", Second: "driver" }).Order);
    }

    [Theory]
    [InlineData("driver", "queue-area-outside", "SWIOTLB-003a")]
    [InlineData("driver", "descriptor-outside", "SWIOTLB-003b")]
    [InlineData("driver", "descriptor-straddles-end", "SWIOTLB-003b")]
    [InlineData("driver", "indirect-table-outside", "SWIOTLB-003c")]
    [InlineData("device", "device-dma-after-reset", "RST-002")]
    [InlineData("device", "missing-barrier-s8", "ORDER-S8")]
    [InlineData("driver", "missing-barrier-s1", "ORDER-S1")]
    public void A_fault_of_one_process_is_that_sides(string side, string fault, string rule)
    {
        string[] option = ["--fault", fault];
        // With ACCESS_PLATFORM an address may be anything: only the region's rule is at stake.
        var run = Run(["--features", "access-platform", .. side == "device" ? option : []], ["--requests", "100", .. side == "driver" ? option : []]);

        var judged = JudgedRun.Of(run);
        Assert.Equal([rule], judged.With("violated"));
        Assert.All(judged.Rules[rule].Findings, finding => Assert.Equal(side, finding.AtFault));
        Assert.Equal(1, judged.ExitCode);
    }

    private string Run(string[] deviceOptions, string[] driverOptions)
    {
        var (socket, qtest, region, ram) = (machine.PathOf("dev"), machine.PathOf("qt"), machine.SharedFile("region"), machine.SharedFile("ram"));
        using var device = machine.Capture(
            ["serve", "pci", "--listen", socket, "--interrupts", "memory", "--region-file", region, "-o", machine.PathOf("device.parquet"), .. deviceOptions]);
        device.AwaitWord("waiting at", Machine.ShortLimit);
        using var qemu = machine.ParkedAtProxy(socket, qtest, 128, "-object", $"memory-backend-file,id=ram,size=128M,share=on,mem-path={ram}");
        using var driver = machine.Capture(
            ["drive", "qtest", "--socket", qtest, "--ram-file", ram, "--region-file", region, "-o", machine.PathOf("driver.parquet"), .. driverOptions]);
        Assert.True(driver.AwaitEnd(Machine.GuestLimit) == 0, driver.Said);
        qemu.Kill();
        Assert.True(device.AwaitEnd(Machine.ShortLimit) == 0, device.Said);
        return machine.Merge(machine.PathOf("device.parquet"), machine.PathOf("driver.parquet"));
    }
}
