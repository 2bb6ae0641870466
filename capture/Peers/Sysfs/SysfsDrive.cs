using Tracing.Peers.Memory;
using Tracing.Schemas;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Peers.Sysfs;

/// <summary>
/// The reference driver on Linux itself, from user space: rings and buffers lie in the device's own region and nowhere
/// else, so that no memory has to be pinned and no IOMMU to be set up; it polls.
/// </summary>
public static class SysfsDrive
{
    private const byte RegionBar = 2;

    /// <summary>Memory of this process alone, for what the device must not see: where no bus has anything.</summary>
    private const ulong PrivateStart = 1UL << 46;
    private const int PrivateBytes = 16 << 20;

    /// <summary>Drives a function to the end of the work.</summary>
    /// <param name="function">The function.</param>
    /// <param name="epoch">What to do.</param>
    /// <param name="platform">The platform's voice.</param>
    /// <param name="sink">The driver's source.</param>
    /// <param name="conduct">How the driver behaves; null = right.</param>
    /// <param name="patience">How long to wait while nothing happens.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>How it fared, and why it was ended early, or null.</returns>
    /// <exception cref="IOException">The function has no BAR that could hold rings and buffers.</exception>
    public static (DriverResult Result, string? Stopped) Run(
        SysfsFunction function, DriverEpoch epoch, PlatformProbes platform, IEventSink sink, DriverConduct? conduct,
        TimeSpan patience, CancellationToken token)
    {
        if (!function.Bars.Any(bar => bar.Bar == RegionBar)) throw new IOException($"the function has no memory BAR {RegionBar} for rings and buffers");
        platform.DeviceAppeared(0, 2, "virtio-blk");
        var memory = new GuestMemory(platform);
        memory.Map(PrivateStart, new ArrayBacking(PrivateBytes), new RegionDescription(RegionOrigin.SystemMemory, Name: "the driver's own memory"));
        var backings = function.Bars.Where(bar => bar.Bar == RegionBar).ToDictionary(bar => bar.Bar, bar => (IMemoryBacking)bar.Memory);
        // Linux maps a resource file uncached.
        var regions = new FunctionRegions(memory, function, 0, backings, RegionAttribute.Uncached);
        foreach (var (bar, bytes) in function.Bars) regions.Know(bar, bytes.Length);
        function.WriteConfig(PciConfig.Command, 2, function.ReadConfig(PciConfig.Command, 2) | PciConfig.CommandMemory);
        regions.Update();
        var driver = new ReferenceDriver(
            new DriverOptions
            {
                Epochs = [epoch with { Memory = MemoryPolicy.Region, Interrupts = false, MessageInterrupts = false }],
                SystemMemory = new Window(PrivateStart, PrivateBytes),
                Patience = int.MaxValue,
            },
            function, memory, new InterruptMailbox(), sink, conduct);
        var stopped = DriverLoop.Run(driver, patience, () => { }, token);
        if (stopped is not null) platform.Remark($"the driver was stopped: {stopped}");
        return (driver.Result, stopped);
    }
}
