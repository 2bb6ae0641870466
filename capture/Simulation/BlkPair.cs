using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Simulation;

/// <summary>
/// The reference driver and the reference device around one memory, wired to a run's sources, conducts and faults: what
/// a scenario starts from.
/// </summary>
public sealed class BlkPair
{
    /// <summary>Where system memory begins.</summary>
    public const ulong SystemMemoryBase = 0x4000_0000;

    /// <summary>Where the device's registers lie.</summary>
    public const ulong RegistersBase = 0xfe00_0000;

    /// <summary>Where the bounce-buffer region lies until somebody moves it.</summary>
    public const ulong RegionBase = 0x8000_0000;

    /// <summary>Where the registers of a device with the legacy interface lie, in I/O space.</summary>
    public const ulong LegacyPortsBase = 0xc000;

    /// <summary>Where such a device's MSI-X table lies.</summary>
    public const ulong LegacyVectorsBase = 0xfe10_0000;

    /// <summary>Where the window lies to which somebody declares a device to be confined: memory above 4 GiB.</summary>
    public const ulong DeclaredBase = 0x1_0000_0000;

    /// <summary>Beside each request's data: its header, status, indirect table and their alignment.</summary>
    private const int BytesBesideData = 16 * 1024;

    private const int SystemMemoryForRings = 8 << 20;
    private readonly RunContext run;

    /// <summary>Builds and powers on the pair; the platform and the device record what they present.</summary>
    /// <param name="run">The run.</param>
    /// <param name="device">The device, before faults.</param>
    /// <param name="epochs">What the driver does, before faults.</param>
    /// <param name="backend">The medium.</param>
    /// <param name="declaredBytes">Length of a window at <see cref="DeclaredBase"/>, declared for this device; 0 = none.</param>
    public BlkPair(
        RunContext run, DeviceOptions device, IReadOnlyList<DriverEpoch> epochs, IBlockBackend backend, long declaredBytes = 0)
    {
        this.run = run;
        Platform = new PlatformProbes(run.PlatformSink);
        Memory = new GuestMemory(Platform);
        Epochs = [.. epochs.Select(run.Change)];
        var system = new ArrayBacking(SystemMemoryFor(Epochs));
        Memory.Map(SystemMemoryBase, system, new RegionDescription(RegionOrigin.SystemMemory));
        run.ChangePlatform(Memory, Platform);
        var options = run.Change(device);
        if (declaredBytes > 0) Declare(options.Device, (int)declaredBytes);
        var protection = options.Policy == SwiotlbPolicy.Fallback ? new ProtectedMemory(Memory, Platform, options.Device) : null;
        Device = new PciVirtioDevice(options, new DeviceSurroundings
        {
            Bus = Memory,
            Dma = protection,
            Interrupts = Mailbox,
            Model = new BlkModel(backend),
            Platform = Platform,
            Sink = run.DeviceSink,
            Conduct = run.DeviceConduct,
        });
        Device.ProtectionDropped = protection is null ? null : protection.Drop;
        Device.PowerOn(options.Legacy ? LegacyPortsBase : RegistersBase, RegionBase, LegacyVectorsBase);
        var driver = new DriverOptions
        {
            Epochs = Epochs,
            SystemMemory = new Window(SystemMemoryBase, system.Length),
            Device = options.Device,
        };
        Driver = new ReferenceDriver(driver, Device, Memory, Mailbox, run.DriverSink, run.DriverConduct);
    }

    /// <summary>The platform's voice.</summary>
    public PlatformProbes Platform { get; }

    /// <summary>Memory under bus addresses.</summary>
    public GuestMemory Memory { get; }

    /// <summary>Where interrupts wait for the driver.</summary>
    public InterruptMailbox Mailbox { get; } = new();

    /// <summary>The device.</summary>
    public PciVirtioDevice Device { get; }

    /// <summary>The driver.</summary>
    public ReferenceDriver Driver { get; }

    /// <summary>What the driver does, faults included.</summary>
    public IReadOnlyList<DriverEpoch> Epochs { get; }

    /// <summary>Runs until the driver has ended.</summary>
    /// <param name="mostSteps">A bound on the scheduler's steps.</param>
    public DriverResult Run(long mostSteps = long.MaxValue)
    {
        foreach (var thread in Driver.Threads) run.Scheduler.Add(thread);
        run.Scheduler.Add(Device.Run(), isService: true);
        run.AddFaultMachines();
        if (!run.Scheduler.Run(mostSteps)) run.Fail($"the driver did not come to its end in {mostSteps} steps");
        return Driver.Result;
    }

    private void Declare(ushort device, int bytes)
    {
        Memory.Map(DeclaredBase, new ArrayBacking(bytes), new RegionDescription(RegionOrigin.SystemMemory));
        var window = new RegionDescription(RegionOrigin.Declared, Device: device, Name: "declared window");
        Memory.MapWindow(DeclaredBase, (ulong)bytes, window);
    }

    private static int SystemMemoryFor(IReadOnlyList<DriverEpoch> epochs)
    {
        var most = epochs.Max(epoch => (long)epoch.Queues * epoch.Depth * (epoch.LargestRequest + BytesBesideData) * 2);
        return (int)Math.Min(most + SystemMemoryForRings, (long)(RegionBase - SystemMemoryBase));
    }
}
