using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>The driver's hands, lent to its conduct.</summary>
internal sealed class DriverHands(DriverSession session, DriverProbes probes) : IDriverHands
{
    private readonly TransportRegisters registers = session.Registers.On(probes);
    private readonly PciFunctionAccess pci = new(session.Registers.Bus, probes);
    private const int BytesToTouch = 64;

    public DriverFacts Facts => session.Conduct.Facts;

    public ulong ReadRegister(RegisterName register, ushort? queue = null, byte? featureWord = null)
        => registers.Read(register, queue, featureWord);

    public void WriteRegister(RegisterName register, ulong value, ushort? queue = null, byte? featureWord = null)
        => registers.Write(register, value, queue, featureWord);

    public void WriteDeviceConfig(uint offset, byte width, ulong value)
        => registers.WriteConfig(offset, width, value);

    public void RingDoorbell(ushort queue) => registers.Ring(queue);

    public void StoreDescriptor(ushort queue, ushort slot, Descriptor descriptor)
    {
        if (RingOf(queue) is not { } ring || slot >= ring.Layout.Size.Value) return;
        ring.StoreDescriptor(Part.Descriptor, ring.Layout.DescriptorAt(slot), slot, slot, descriptor, probes);
    }

    public Descriptor PeekDescriptor(ushort queue, ushort slot)
        => RingOf(queue) is { } ring && slot < ring.Layout.Size.Value ? ring.PeekDescriptor(slot) : default;

    public void StoreAvailableEntry(ushort queue, ushort position, ushort head)
    {
        if (RingOf(queue) is not { } ring || position >= ring.Layout.Size.Value) return;
        ring.StoreAvailableEntry(position, head, probes);
    }

    public void StoreAvailableIndex(ushort queue, ushort value) => RingOf(queue)?.StoreAvailableIndex(value, probes);

    public void UseRegion()
    {
        var use = new MemoryUse(0, Part.Payload);
        var original = Facts.SystemMemory.Start;
        if (!session.Memory.TryReserve(use, original, BytesToTouch, Direction.ToDevice, out var mapping)) return;
        probes.Map(use.Queue, mapping);
        if (mapping.Bounces) session.Memory.CopyIn(use, mapping, probes);
        probes.Unmap(use.Queue, mapping);
        session.Memory.Release(ref mapping);
    }

    public void MoveBar(byte bar, ulong address) => pci.MoveBar(bar, address);

    public void SetMemoryDecode(bool on) => pci.SetMemoryDecode(on);

    private SplitRing? RingOf(ushort queue) => queue < session.Rings.Length ? session.Rings[queue] : null;
}
