using System.Formats.Tar;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>The reference driver in user space of a real guest, on the reference device: SWIOTLB over Linux' own PCI.</summary>
public sealed class DriveSysfsTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void Fifty_blocks_are_written_and_verified_in_the_region_alone()
    {
        var program = GuestProgram.Publish();
        var initramfs = new Initramfs(GuestScripts.DriveFunction(50), "virtio_pci", "virtio_console");
        initramfs.AddProgram("bin/capture-guest", program);
        var (socket, qtest, device, archive) = (machine.PathOf("dev"), machine.PathOf("qt"), machine.PathOf("device.parquet"), machine.PathOf("journals.tar"));
        using var capture = machine.Capture("serve", "pci", "--listen", socket, "--interrupts", $"qtest:{qtest}", "-o", device);
        capture.AwaitWord("waiting at", Machine.ShortLimit);
        using var guest = machine.GuestAtProxy(
            socket, initramfs, "quiet", 512, "-qtest", $"unix:{qtest},server=on,wait=off", "-qtest-log", "none",
            "-device", "virtio-serial-pci,disable-legacy=on", "-chardev", $"file,id=out,path={archive}", "-device", "virtserialport,chardev=out,name=out");
        Assert.True(capture.AwaitEnd(Machine.GuestLimit) == 0, capture.Said);
        Assert.Contains("102 requests, 204800 bytes read back, 0 wrong, 0 failed", machine.Console, StringComparison.Ordinal);

        TarFile.ExtractToDirectory(archive, machine.PathOf(""), overwriteFiles: true);
        var driver = machine.PathOf("driver.parquet");
        Assert.Equal(0, CaptureProgram.Run(null, "recover", machine.PathOf("journals"), "-o", driver).ExitCode);
        var judged = JudgedRun.Of(driver);
        Assert.Empty(judged.With("violated"));
        foreach (var rule in new[] { "SWIOTLB-003a", "SWIOTLB-003b", "SWIOTLB-003c", "ORDER-S1" })
            Assert.True(judged.Rules[rule].Held > 0, $"{rule} held on nothing");
        var seen = JudgedRun.Of(device);
        Assert.True(seen.Rules["SWIOTLB-004"].Held > 500, $"{seen.Rules["SWIOTLB-004"].Held} accesses");
        Assert.DoesNotContain("SWIOTLB-004", seen.With("violated"));

        // The guest's clock is another one: the registers that both saw lay the two recordings side by side.
        var both = JudgedRun.Of(machine.Merge(device, driver));
        Assert.Empty(both.With("violated"));
        foreach (var rule in new[] { "SWIOTLB-003a", "SWIOTLB-003b", "SWIOTLB-003c", "SWIOTLB-004", "ORDER-S1", "ORDER-S7", "SPLIT-020" })
            Assert.True(both.Rules[rule].Held > 0, $"{rule} held on nothing in both together");
    }
}
