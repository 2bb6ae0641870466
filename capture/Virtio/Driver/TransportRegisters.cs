using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Driver;

/// <summary>
/// The driver's transport registers by name, on the modern or the legacy interface (virtio 1.3 §4.1.4.3, §4.1.4.10). A
/// write asks the conduct for its value; what is recorded is what was written.
/// </summary>
internal sealed class TransportRegisters
{
    private static readonly (uint Offset, byte Width)[] commonPlaces = InvertCommon();
    private readonly IPciBus bus;
    private readonly DriverProbes probes;
    private readonly DriverConduct conduct;
    private readonly VirtioStructures structures;
    private readonly bool legacy;
    private readonly bool legacyHasVectors;
    private readonly ulong[] doorbellOffsets = new ulong[MaxQueues];

    /// <summary>More queues than this the driver does not use.</summary>
    public const int MaxQueues = 64;

    public TransportRegisters(
        IPciBus bus, DriverProbes probes, DriverConduct conduct, VirtioStructures structures, bool legacy, bool vectors)
    {
        this.bus = bus;
        this.probes = probes;
        this.conduct = conduct;
        this.structures = structures;
        this.legacy = legacy;
        legacyHasVectors = legacy && vectors;
    }

    public bool IsLegacy => legacy;

    public ulong Read(RegisterName name, ushort? queue = null, byte? featureWord = null)
    {
        if (!TryLocate(name, queue, featureWord, out var access)) return 0;
        var value = bus.ReadBar((int)access.Slot!, access.Address, access.Width);
        probes.RegisterRead(access, value);
        return value;
    }

    public void Write(RegisterName name, ulong value, ushort? queue = null, byte? featureWord = null)
    {
        if (!TryLocate(name, queue, featureWord, out var access)) return;
        value = conduct.RegisterValue(name, queue, value);
        probes.RegisterWrite(access, value);
        bus.WriteBar((int)access.Slot!, access.Address, access.Width, value);
    }

    public ulong ReadConfig(uint offset, byte width)
    {
        if (!TryLocateConfig(offset, width, out var access)) return 0;
        var value = bus.ReadBar((int)access.Slot!, access.Address, width);
        probes.RegisterRead(access, value);
        return value;
    }

    public void WriteConfig(uint offset, byte width, ulong value)
    {
        if (!TryLocateConfig(offset, width, out var access)) return;
        probes.RegisterWrite(access, value);
        bus.WriteBar((int)access.Slot!, access.Address, width, value);
    }

    /// <summary>Learns where a queue's doorbell is from its queue_notify_off.</summary>
    public void SetDoorbell(ushort queue, ulong notifyOffset)
        => doorbellOffsets[queue] = checked(notifyOffset * structures.NotifyMultiplier);

    /// <summary>Rings a queue's doorbell, from the thread whose probes are given.</summary>
    public void Ring(ushort queue, DriverProbes thread)
    {
        var (value, width) = conduct.Doorbell(queue, queue, 2);
        byte bar = 0;
        ulong offset = LegacyHeader.QueueNotify;
        ulong start = 0;
        if (!legacy)
        {
            if (structures.Notify is not { } notify) return;
            bar = notify.Bar;
            start = notify.Offset;
            offset = doorbellOffsets[queue];
        }

        var access = new RegisterAccess(
            RegisterName.QueueNotify, AddressSpace.Bar, unchecked(start + offset), unchecked((uint)offset), width, queue, bar);
        var proper = BarrierKind.Proper(BarrierSite.S6, orderPlatform: true, exempt: false);
        thread.Doorbell(queue, access, value, conduct.BarrierAt(BarrierSite.S6, queue, proper));
        bus.WriteBar(bar, access.Address, width, value);
    }

    private bool TryLocate(RegisterName name, ushort? queue, byte? featureWord, out RegisterAccess access)
    {
        access = default;
        if (name == RegisterName.IsrStatus && !legacy)
        {
            if (structures.Isr is not { } isr) return false;
            access = new(name, AddressSpace.Bar, isr.Offset, 0, 1, Slot: isr.Bar);
            return true;
        }

        var (offset, width) = legacy ? LegacyPlace(name) : commonPlaces[(int)name];
        if (width == 0) return false;
        var start = 0ul;
        byte bar = 0;
        if (!legacy)
        {
            if (structures.Common is not { } common) return false;
            (bar, start) = (common.Bar, common.Offset);
        }

        access = new(name, AddressSpace.Bar, start + offset, offset, width, queue, bar, featureWord);
        return true;
    }

    private bool TryLocateConfig(uint offset, byte width, out RegisterAccess access)
    {
        access = default;
        var (bar, start) = legacy
            ? ((byte)0, legacyHasVectors ? LegacyHeader.BytesWithMsix : (ulong)LegacyHeader.BytesWithoutMsix)
            : (structures.Device?.Bar ?? 0, structures.Device?.Offset ?? 0);
        if (!legacy && structures.Device is null) return false;
        access = new(RegisterName.DeviceConfig, AddressSpace.Bar, start + offset, offset, width, Slot: bar);
        return true;
    }

    /// <summary>The common structure's registers by name.</summary>
    private static (uint Offset, byte Width)[] InvertCommon()
    {
        var places = new (uint Offset, byte Width)[byte.MaxValue];
        for (uint offset = 0; offset < CommonConfig.SizeInBytes; offset++)
        {
            var (name, width) = CommonConfig.RegisterAt(offset);
            if (width > 0) places[(int)name] = (offset, (byte)width);
        }

        return places;
    }

    private (uint Offset, byte Width) LegacyPlace(RegisterName name) => name switch
    {
        RegisterName.DeviceFeature => (LegacyHeader.DeviceFeatures, 4),
        RegisterName.DriverFeature => (LegacyHeader.DriverFeatures, 4),
        RegisterName.QueuePageFrame => (LegacyHeader.QueueAddress, 4),
        RegisterName.QueueSize => (LegacyHeader.QueueSize, 2),
        RegisterName.QueueSelect => (LegacyHeader.QueueSelect, 2),
        RegisterName.DeviceStatus => (LegacyHeader.DeviceStatus, 1),
        RegisterName.IsrStatus => (LegacyHeader.IsrStatus, 1),
        RegisterName.ConfigMsixVector when legacyHasVectors => (LegacyHeader.ConfigMsixVector, 2),
        RegisterName.QueueMsixVector when legacyHasVectors => (LegacyHeader.QueueMsixVector, 2),
        _ => default,
    };
}
