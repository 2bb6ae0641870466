using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>
/// The driver's half of a split virtqueue: every access to the three areas, and the private state that is never read back
/// from memory which the device can write.
/// </summary>
internal sealed class SplitRing
{
    private readonly DriverMemory memory;
    private readonly DriverConduct conduct;
    private readonly ushort[] next;
    private readonly byte[] bytes = new byte[Descriptor.SizeInBytes];
    private ushort freeHead;

    public SplitRing(ushort queue, SplitLayout layout, DriverMemory memory, DriverConduct conduct)
    {
        Queue = queue;
        Layout = layout;
        this.memory = memory;
        this.conduct = conduct;
        next = new ushort[layout.Size.Value];
        for (var slot = 0; slot < next.Length; slot++) next[slot] = (ushort)((slot + 1) % next.Length);
        FreeDescriptors = next.Length;
        HeadOf = new RequestSlot?[next.Length];
    }

    public ushort Queue { get; }

    public SplitLayout Layout { get; }

    public int FreeDescriptors { get; private set; }

    /// <summary>By head: the request that the device has. What is not here, the device cannot give back.</summary>
    public RequestSlot?[] HeadOf { get; }

    /// <summary>Chains that the device has.</summary>
    public int Outstanding { get; set; }

    /// <summary>The available index as last stored.</summary>
    public RingIndex Available { get; private set; }

    /// <summary>The available index at the last decision about a doorbell.</summary>
    public RingIndex Kicked { get; set; }

    /// <summary>How far the used ring has been worked through.</summary>
    public RingIndex LastUsed { get; private set; }

    /// <summary>Takes a free descriptor. The caller has looked at <see cref="FreeDescriptors"/>.</summary>
    public ushort TakeDescriptor()
    {
        var slot = freeHead;
        freeHead = next[slot];
        FreeDescriptors--;
        return slot;
    }

    public void FreeDescriptor(ushort slot)
    {
        next[slot] = freeHead;
        freeHead = slot;
        FreeDescriptors++;
    }

    public void StoreDescriptor(Part part, ulong address, ushort slot, ushort head, in Descriptor descriptor, DriverProbes probes)
    {
        probes.StoreDescriptor(Queue, part, slot, address, head, descriptor);
        descriptor.Write(bytes);
        memory.Write(address, bytes);
    }

    public Descriptor PeekDescriptor(ushort slot)
    {
        memory.Read(Layout.DescriptorAt(slot), bytes);
        return Descriptor.Read(bytes);
    }

    /// <summary>Stores the next available entry.</summary>
    public ushort StoreAvailableEntry(ushort head, DriverProbes probes)
    {
        var position = Layout.Size.SlotOf(Available);
        StoreAvailableEntry(position, head, probes);
        return position;
    }

    public void StoreAvailableEntry(ushort position, ushort head, DriverProbes probes)
        => Store(Part.AvailableEntry, Layout.AvailableEntryAt(position), head, probes, position);

    /// <summary>Publishes one chain.</summary>
    public void StoreAvailableIndex(ulong request, DriverProbes probes)
    {
        var old = Available;
        Available = old.Plus(1);
        var stored = conduct.AvailableIndex(Queue, request, old.Value, Available.Value);
        StoreAvailableIndex(stored, probes);
    }

    public void StoreAvailableIndex(ushort value, DriverProbes probes)
        => Store(Part.AvailableIndex, Layout.AvailableIndex, value, probes);

    public void StoreAvailableFlags(ushort value, DriverProbes probes)
        => Store(Part.AvailableFlags, Layout.AvailableFlags, value, probes);

    public void StoreUsedEvent(ushort value, DriverProbes probes) => Store(Part.UsedEvent, Layout.UsedEvent, value, probes);

    public RingIndex LoadUsedIndex(DriverProbes probes) => new(Load(Part.UsedIndex, Layout.UsedIndex, probes));

    public ushort LoadUsedFlags(DriverProbes probes) => Load(Part.UsedFlags, Layout.UsedFlags, probes);

    public ushort LoadAvailableEvent(DriverProbes probes) => Load(Part.AvailableEvent, Layout.AvailableEvent, probes);

    /// <summary>Loads the next used entry and moves on.</summary>
    public (uint Id, uint Length) LoadUsedEntry(DriverProbes probes)
    {
        var slot = Layout.Size.SlotOf(LastUsed);
        var address = Layout.UsedEntryAt(slot);
        var entry = bytes.AsSpan(0, SplitLayout.UsedEntryBytes);
        memory.Read(address, entry);
        var id = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        probes.LoadUsedEntry(Queue, slot, address, id, length);
        LastUsed = LastUsed.Plus(1);
        return (id, length);
    }

    /// <summary>The request that a used id gives back, or why the driver does not believe it.</summary>
    public RequestSlot? Believe(uint id, out string? doubt)
    {
        doubt = null;
        if (id >= (uint)HeadOf.Length)
        {
            doubt = $"queue {Queue}: used id {id} is beyond the queue's {HeadOf.Length} descriptors";
            return null;
        }

        var request = HeadOf[id];
        if (request is null) doubt = $"queue {Queue}: used id {id} is the head of no outstanding chain";
        return request;
    }

    private void Store(Part part, ulong address, ushort value, DriverProbes probes, ushort? slot = null)
    {
        probes.Store(Queue, part, address, value, slot);
        memory.Store16(address, value);
    }

    private ushort Load(Part part, ulong address, DriverProbes probes)
    {
        var value = memory.Load16(address);
        probes.Load(Queue, part, address, value);
        return value;
    }
}
