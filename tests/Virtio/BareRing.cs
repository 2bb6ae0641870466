using System.Buffers.Binary;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Tests.Virtio;

/// <summary>A ring in memory, written and read by hand.</summary>
internal sealed class BareRing(DeviceRig rig, ushort queue, SplitLayout layout)
{
    private RingIndex next;

    public SplitLayout Layout => layout;

    /// <summary>Where buffers may lie: behind the ring.</summary>
    public ulong Buffers => layout.DescriptorArea + (ulong)SplitLayout.ContiguousBytes(layout.Size, 16) + 16;

    public ushort UsedIndex => Word(layout.UsedIndex);

    public ushort AvailableEvent => Word(layout.AvailableEvent);

    public ushort UsedFlags => Word(layout.UsedFlags);

    public (uint Id, uint Length) UsedAt(int slot)
    {
        var bytes = rig.Read(layout.UsedEntryAt(slot), 8);
        return (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
    }

    public void Describe(int slot, ulong address, uint length, DescriptorFlags flags = 0, ushort following = 0)
        => DescribeAt(layout.DescriptorAt(slot), address, length, flags, following);

    public void DescribeAt(ulong place, ulong address, uint length, DescriptorFlags flags = 0, ushort following = 0)
    {
        Span<byte> bytes = stackalloc byte[Descriptor.SizeInBytes];
        new Descriptor(address, length, flags, following).Write(bytes);
        rig.Write(place, bytes);
    }

    /// <summary>A request of three descriptors from <paramref name="slot"/> on: header, data, status.</summary>
    public void DescribeRequest(ushort slot, uint type, ulong sector, ulong buffers, uint dataLength, bool deviceWrites)
    {
        rig.WriteHeader(buffers, type, sector);
        Describe(slot, buffers, 16, DescriptorFlags.Next, (ushort)(slot + 1));
        var write = deviceWrites ? DescriptorFlags.Write : 0;
        Describe(slot + 1, buffers + 32, dataLength, write | DescriptorFlags.Next, (ushort)(slot + 2));
        Describe(slot + 2, buffers + 32 + dataLength, 1, DescriptorFlags.Write);
        rig.Write(buffers + 32 + dataLength, [0xff]);
    }

    /// <summary>Makes chains available, without a doorbell.</summary>
    public void Publish(params ReadOnlySpan<ushort> heads)
    {
        foreach (var head in heads)
        {
            Store(layout.AvailableEntryAt(layout.Size.SlotOf(next)), head);
            next = next.Plus(1);
        }

        Store(layout.AvailableIndex, next.Value);
    }

    public void Kick() => rig.Device.WriteBar(0, DoorbellOffset(queue), 2, queue);

    public void Store(ulong address, ushort value)
    {
        if (!rig.Memory.TryStore16(address, value)) throw new InvalidOperationException($"0x{address:x} is no memory.");
    }

    private ushort Word(ulong address)
        => rig.Memory.TryLoad16(address, out var value) ? value : throw new InvalidOperationException($"0x{address:x} is no memory.");

    /// <summary>Where in BAR 0 a queue's doorbell is.</summary>
    public static ulong DoorbellOffset(int queue) => 0x1000 + 4UL * (ulong)queue;
}
