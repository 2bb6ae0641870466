using Tracing.Schemas;
using Tracing.Virtio.Memory;
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
    private DriverProbes probes;
    private readonly DriverConduct conduct;
    private readonly VirtioStructures structures;
    private readonly bool legacy;
    private readonly bool legacyHasVectors;
    private readonly ulong legacyBase;
    private readonly IFencedMemory? fenced;
    private readonly ulong[] doorbellOffsets = new ulong[MaxQueues];

    /// <summary>More queues than this the driver does not use.</summary>
    public const int MaxQueues = 64;

    public TransportRegisters(
        PciFunctionAccess pci,
        DriverProbes probes,
        DriverConduct conduct,
        VirtioStructures structures,
        IFencedMemory? fenced,
        bool legacy,
        bool vectors)
    {
        bus = pci.Bus;
        this.fenced = fenced;
        this.probes = probes;
        this.conduct = conduct;
        this.structures = structures;
        this.legacy = legacy;
        legacyHasVectors = legacy && vectors;
        if (legacy) legacyBase = pci.BarBase(0);
    }

    public IPciBus Bus => bus;

    public bool IsLegacy => legacy;

    /// <summary>The same registers, accessed from another thread.</summary>
    public TransportRegisters On(DriverProbes thread)
    {
        var other = (TransportRegisters)MemberwiseClone();
        other.probes = thread;
        return other;
    }

    public ulong Read(RegisterName name, ushort? queue = null, byte? featureWord = null)
        => TryLocate(name, queue, featureWord, out var access, out var bar) ? Read(access, bar) : 0;

    public void Write(RegisterName name, ulong value, ushort? queue = null, byte? featureWord = null)
    {
        if (!TryLocate(name, queue, featureWord, out var access, out var bar)) return;
        Write(access, bar, conduct.RegisterValue(name, queue, value));
    }

    public ulong ReadConfig(uint offset, byte width)
        => TryLocateConfig(offset, width, out var access, out var bar) ? Read(access, bar) : 0;

    public void WriteConfig(uint offset, byte width, ulong value)
    {
        if (TryLocateConfig(offset, width, out var access, out var bar)) Write(access, bar, value);
    }

    /// <summary>Learns where a queue's doorbell is from its queue_notify_off.</summary>
    public void SetDoorbell(ushort queue, ulong notifyOffset)
        => doorbellOffsets[queue] = checked(notifyOffset * structures.NotifyMultiplier);

    /// <summary>Rings a queue's doorbell.</summary>
    public void Ring(ushort queue)
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

        var access = At(RegisterName.QueueNotify, bar, start, offset, width) with { Queue = queue };
        var proper = BarrierKind.Proper(BarrierSite.S6, orderPlatform: true, exempt: false);
        var kind = conduct.BarrierAt(BarrierSite.S6, queue, proper);
        probes.Doorbell(queue, access, value, kind);
        if (kind is { } ordering) fenced?.Fence(ordering);
        bus.WriteBar(bar, access.Address - legacyBase, width, value);
    }

    private ulong Read(in RegisterAccess access, byte bar)
    {
        var value = bus.ReadBar(bar, access.Address - legacyBase, access.Width);
        probes.RegisterRead(access, value);
        return value;
    }

    private void Write(in RegisterAccess access, byte bar, ulong value)
    {
        probes.RegisterWrite(access, value);
        fenced?.Fence(new(Ordering.Release, OrderingDomain.Mmio));
        bus.WriteBar(bar, access.Address - legacyBase, access.Width, value);
    }

    private bool TryLocate(RegisterName name, ushort? queue, byte? featureWord, out RegisterAccess access, out byte bar)
    {
        (access, bar) = (default, 0);
        if (name == RegisterName.IsrStatus && !legacy)
        {
            if (structures.Isr is not { } isr) return false;
            bar = isr.Bar;
            access = At(name, bar, isr.Offset, 0, 1);
            return true;
        }

        var (offset, width) = legacy ? LegacyPlace(name) : commonPlaces[(int)name];
        if (width == 0) return false;
        var start = 0ul;
        if (!legacy)
        {
            if (structures.Common is not { } common) return false;
            (bar, start) = (common.Bar, common.Offset);
        }

        access = At(name, bar, start, offset, width) with
        {
            Queue = queue ?? EventRecord.None,
            FeatureWord = featureWord,
        };
        return true;
    }

    private bool TryLocateConfig(uint offset, byte width, out RegisterAccess access, out byte bar)
    {
        (access, bar) = (default, 0);
        var start = legacyHasVectors ? LegacyHeader.BytesWithMsix : (ulong)LegacyHeader.BytesWithoutMsix;
        if (!legacy)
        {
            if (structures.Device is not { } device) return false;
            (bar, start) = (device.Bar, device.Offset);
        }

        access = At(RegisterName.DeviceConfig, bar, start, offset, width);
        return true;
    }

    /// <summary>A register in a BAR; the legacy interface's are I/O ports.</summary>
    private RegisterAccess At(RegisterName name, byte bar, ulong start, ulong offset, byte width) => legacy
        ? new(name, AddressSpace.Io, legacyBase + start + offset, unchecked((uint)offset), width)
        : new(name, AddressSpace.Bar, unchecked(start + offset), unchecked((uint)offset), width, Slot: bar);

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
