using System.Buffers.Binary;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Tests.Virtio;

/// <summary>
/// A device on a bench: memory, mailbox, medium, and a driver's bare hands. The hands do exactly what a test says,
/// rightly or not, and record nothing.
/// </summary>
internal sealed class DeviceRig
{
    public const ulong SystemBase = 0x10_0000;
    public const int SystemBytes = 4 << 20;
    public const ulong RegistersBase = 0xfe00_0000;
    public const ulong RegionBase = 0x40_0000_0000;
    public const int MediumSectors = 256;

    private readonly IEnumerator<Pause> machine;

    public DeviceRig(DeviceOptions? options = null, DeviceConduct? conduct = null, IBlockBackend? backend = null)
    {
        Options = options ?? new DeviceOptions();
        var platform = new PlatformProbes(Platform);
        Memory = new GuestMemory(platform);
        Memory.Map(SystemBase, new ArrayBacking(SystemBytes), new(Tracing.Schemas.RegionOrigin.SystemMemory));
        Device = new PciVirtioDevice(Options, new DeviceSurroundings
        {
            Bus = Memory,
            Interrupts = Mailbox,
            Model = new BlkModel(backend ?? Medium),
            Platform = platform,
            Sink = Sink,
            Conduct = conduct ?? new DeviceConduct(),
        });
        Device.PowerOn(Options.Legacy ? 0xc000 : RegistersBase, RegionBase, legacyVectors: 0xfe10_0000);
        Device.WriteConfig(PciConfig.Command, 2, PciConfig.CommandMemory | PciConfig.CommandIo | PciConfig.CommandBusMaster);
        machine = Device.Run();
    }

    public DeviceOptions Options { get; }

    public RecordingSink Sink { get; } = new();

    public RecordingSink Platform { get; } = new();

    public GuestMemory Memory { get; }

    public InterruptMailbox Mailbox { get; } = new();

    public MemoryBlockBackend Medium { get; } = new(MediumSectors);

    public PciVirtioDevice Device { get; }

    public ulong Common(int offset, int width) => Device.ReadBar(0, (ulong)offset, width);

    public void Common(int offset, int width, ulong value) => Device.WriteBar(0, (ulong)offset, width, value);

    public DeviceStatus Status => (DeviceStatus)Common(CommonConfig.DeviceStatus, 1);

    public void SetStatus(DeviceStatus status) => Common(CommonConfig.DeviceStatus, 1, (ulong)status);

    /// <summary>Lets the device work until it has nothing to do; returns how many steps that took.</summary>
    public int Settle(int limit = 1_000_000)
    {
        for (var steps = 0; steps < limit; steps++)
        {
            RequireMove();
            if (machine.Current == Pause.Idle) return steps;
        }

        throw new InvalidOperationException($"The device is still at work after {limit} steps.");
    }

    public Pause Step()
    {
        RequireMove();
        return machine.Current;
    }

    public int CapabilityAt(CapabilityType type)
    {
        for (var place = (int)Device.ReadConfig(PciConfig.CapabilitiesPointer, 1); place != 0;
            place = (int)Device.ReadConfig(place + 1, 1))
        {
            if (Device.ReadConfig(place, 1) == PciConfig.VendorCapability
                && Device.ReadConfig(place + CapabilityLayout.Type, 1) == (uint)type)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>Steps 1 to 6 of initialisation.</summary>
    public void Negotiate(FeatureSet features)
    {
        SetStatus(DeviceStatus.None);
        SetStatus(DeviceStatus.Acknowledge);
        SetStatus(DeviceStatus.Acknowledge | DeviceStatus.Driver);
        for (uint word = 0; word < FeatureSet.WordCount; word++)
        {
            Common(CommonConfig.DriverFeatureSelect, 4, word);
            Common(CommonConfig.DriverFeature, 4, features.Word(word));
        }

        SetStatus(DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.FeaturesOk);
    }

    public void DriverOk()
        => SetStatus(DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.FeaturesOk | DeviceStatus.DriverOk);

    public void EnableMsix()
    {
        var place = (int)Device.ReadConfig(PciConfig.CapabilitiesPointer, 1);
        for (var vector = 0; vector < Options.Vectors; vector++)
        {
            var entry = 0x2000UL + (ulong)(vector * PciConfig.MsixEntryBytes);
            Device.WriteBar(0, entry, 4, 0xfee0_0000);
            Device.WriteBar(0, entry + 8, 4, 0x40 + (ulong)vector);
            Device.WriteBar(0, entry + 12, 4, 0);
        }

        Device.WriteConfig(place + PciConfig.MsixControl, 2, PciConfig.MsixEnable);
    }

    /// <summary>Sets up one queue at <paramref name="start"/>, its parts one behind the other, and enables it.</summary>
    public BareRing AddRing(ushort queue, ushort size, ulong start, ushort vector = CommonConfig.NoVector)
    {
        var ring = new BareRing(this, queue, SplitLayout.Contiguous(QueueSize.Of(size), start, 16));
        Common(CommonConfig.QueueSelect, 2, queue);
        Common(CommonConfig.QueueSize, 2, size);
        Common(CommonConfig.QueueMsixVector, 2, vector);
        Common(CommonConfig.QueueDesc, 8, ring.Layout.DescriptorArea);
        Common(CommonConfig.QueueDriver, 8, ring.Layout.DriverArea);
        Common(CommonConfig.QueueDevice, 8, ring.Layout.DeviceArea);
        Common(CommonConfig.QueueEnable, 2, 1);
        return ring;
    }

    /// <summary>A live device with one ring in the region.</summary>
    public BareRing BringUp(FeatureSet? features = null, ushort size = 16, bool msix = true)
    {
        Negotiate(features ?? FeatureSet.Of(FeatureBit.Version1, FeatureBit.Swiotlb, FeatureBit.IndirectDescriptors, FeatureBit.BlkFlush));
        if (msix) EnableMsix();
        Common(CommonConfig.ConfigMsixVector, 2, 0);
        var ring = AddRing(0, size, RegionBase, vector: 1);
        DriverOk();
        Settle();
        return ring;
    }

    public byte[] Read(ulong address, int length)
    {
        var bytes = new byte[length];
        if (!Memory.TryRead(address, bytes)) throw new InvalidOperationException($"0x{address:x} is no memory.");
        return bytes;
    }

    public void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (!Memory.TryWrite(address, bytes)) throw new InvalidOperationException($"0x{address:x} is no memory.");
    }

    public void WriteHeader(ulong address, uint type, ulong sector)
    {
        Span<byte> header = stackalloc byte[BlkLayout.HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], sector);
        Write(address, header);
    }

    private void RequireMove()
    {
        if (!machine.MoveNext()) throw new InvalidOperationException("The device's machine ended.");
    }
}
