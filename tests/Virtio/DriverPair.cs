using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Tests.Virtio;

/// <summary>
/// The reference driver and the reference device joined: one bus, one interrupt mailbox, one medium, and a seeded choice of
/// who moves next.
/// </summary>
internal sealed class DriverPair
{
    public const ulong RamStart = 0x4000_0000;
    public const int RamBytes = 8 << 20;
    public const int DriverBytes = 4 << 20;
    public const ulong RegionStart = 0x1_0000_0000;

    private readonly List<IEnumerator<Pause>> machines = [];
    private readonly IEnumerator<Pause> device;
    private readonly Random random;

    public DriverPair(
        int seed,
        DeviceOptions options,
        IReadOnlyList<DriverEpoch> epochs,
        DriverConduct? conduct = null,
        bool records = true,
        int patience = 200_000)
    {
        random = new Random(seed);
        var platform = new PlatformProbes(null);
        Memory = new(platform);
        Memory.Map(RamStart, new ArrayBacking(RamBytes), new(RegionOrigin.SystemMemory));
        var interrupts = new InterruptMailbox();
        Device = new(options, new()
        {
            Bus = Memory,
            Interrupts = interrupts,
            Model = new BlkModel(Medium),
            Platform = platform,
            Sink = records ? DeviceSink : null,
        });
        Device.PowerOn(registers: options.Legacy ? 0xc000ul : 0xfe00_0000, regionBase: RegionStart, legacyVectors: 0xfe10_0000);
        Driver = new(
            new() { Epochs = epochs, SystemMemory = new(RamStart, DriverBytes), Patience = patience },
            Device, Memory, interrupts, records ? Sink : null, conduct);
        device = Device.Run();
        machines.AddRange(Driver.Threads);
    }

    public GuestMemory Memory { get; }

    public MemoryBlockBackend Medium { get; } = new(8192);

    public PciVirtioDevice Device { get; }

    public ReferenceDriver Driver { get; }

    public RecordingSink Sink { get; } = new();

    public RecordingSink DeviceSink { get; } = new();

    /// <summary>Moves one machine at a time until the driver is done.</summary>
    public DriverResult Run()
    {
        while (machines.Count > 0)
        {
            var turn = random.Next(machines.Count + 1);
            if (turn == machines.Count) device.MoveNext();
            else if (!machines[turn].MoveNext()) machines.RemoveAt(turn);
        }

        return Driver.Result;
    }
}
