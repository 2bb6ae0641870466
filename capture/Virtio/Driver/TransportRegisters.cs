using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Driver;

/// <summary>
/// The driver's transport registers by name, on the modern or the legacy interface (virtio 1.3 §4.1.4.3, §4.1.4.10). A
/// write asks the conduct for its value; what is recorded is what was written.
/// </summary>
internal sealed class TransportRegisters
{
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
        ulong offset = 0x10; // Legacy: queue notify.
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

        var (offset, width) = legacy ? LegacyPlace(name) : CommonPlace(name);
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
            ? ((byte)0, legacyHasVectors ? 24ul : 20ul)
            : (structures.Device?.Bar ?? 0, structures.Device?.Offset ?? 0);
        if (!legacy && structures.Device is null) return false;
        access = new(RegisterName.DeviceConfig, AddressSpace.Bar, start + offset, offset, width, Slot: bar);
        return true;
    }

    /// <summary>struct virtio_pci_common_cfg (virtio 1.3 §4.1.4.3).</summary>
    private static (uint Offset, byte Width) CommonPlace(RegisterName name) => name switch
    {
        RegisterName.DeviceFeatureSelect => (0x00, 4),
        RegisterName.DeviceFeature => (0x04, 4),
        RegisterName.DriverFeatureSelect => (0x08, 4),
        RegisterName.DriverFeature => (0x0c, 4),
        RegisterName.ConfigMsixVector => (0x10, 2),
        RegisterName.NumQueues => (0x12, 2),
        RegisterName.DeviceStatus => (0x14, 1),
        RegisterName.ConfigGeneration => (0x15, 1),
        RegisterName.QueueSelect => (0x16, 2),
        RegisterName.QueueSize => (0x18, 2),
        RegisterName.QueueMsixVector => (0x1a, 2),
        RegisterName.QueueEnable => (0x1c, 2),
        RegisterName.QueueNotifyOff => (0x1e, 2),
        RegisterName.QueueDescLow => (0x20, 4),
        RegisterName.QueueDescHigh => (0x24, 4),
        RegisterName.QueueDriverLow => (0x28, 4),
        RegisterName.QueueDriverHigh => (0x2c, 4),
        RegisterName.QueueDeviceLow => (0x30, 4),
        RegisterName.QueueDeviceHigh => (0x34, 4),
        _ => default,
    };

    /// <summary>The legacy header in BAR 0 (virtio 1.3 §4.1.4.10).</summary>
    private (uint Offset, byte Width) LegacyPlace(RegisterName name) => name switch
    {
        RegisterName.DeviceFeature => (0x00, 4),
        RegisterName.DriverFeature => (0x04, 4),
        RegisterName.QueuePageFrame => (0x08, 4),
        RegisterName.QueueSize => (0x0c, 2),
        RegisterName.QueueSelect => (0x0e, 2),
        RegisterName.DeviceStatus => (0x12, 1),
        RegisterName.IsrStatus => (0x13, 1),
        RegisterName.ConfigMsixVector when legacyHasVectors => (0x14, 2),
        RegisterName.QueueMsixVector when legacyHasVectors => (0x16, 2),
        _ => default,
    };
}
