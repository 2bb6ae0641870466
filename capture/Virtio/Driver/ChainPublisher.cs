using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>
/// Makes one request available, one visible access per step: memory, copies, descriptors, available entry, barrier,
/// available index. Nothing is allocated.
/// </summary>
internal sealed class ChainPublisher
{
    private readonly DriverSession session;
    private readonly SplitRing ring;
    private readonly QueueAreas areas;
    private readonly DriverProbes probes;
    private readonly IDriverHands hands;
    private readonly ChainDraft draft;
    private readonly int tableBytes;
    private RequestSlot slot = null!;
    private Phase phase;
    private int index;
    private ushort position;

    private enum Phase
    {
        Done, Map, Copy, MapTable, TableEntry, Descriptor, Entry, Barrier, Index, After, LateCopy, EarlyCopyOut, EarlyUnmap,
    }

    public ChainPublisher(DriverSession session, ushort queue, int tableBytes, DriverProbes probes, IDriverHands hands)
    {
        this.session = session;
        this.probes = probes;
        this.hands = hands;
        this.tableBytes = tableBytes;
        ring = session.Rings[queue];
        areas = session.Areas[queue];
        draft = new(tableBytes / Descriptor.SizeInBytes) { Queue = queue };
    }

    /// <summary>
    /// Reserves everything that the request needs. False = it has to wait; then nothing is held.
    /// </summary>
    public bool TryBegin(RequestSlot free, in BlockRequest request, ulong number)
    {
        slot = free;
        slot.Request = request;
        slot.Number = number;
        var buffers = RequestSlot.BuffersOf(request, ring.Layout.Size.Value);
        // The descriptor that points to the table counts as well: no chain is longer than the queue (virtio 1.3 §2.7.5.3.1).
        var indirect = request.Indirect && session.IndirectDescriptors && buffers < ring.Layout.Size.Value;
        if (ring.FreeDescriptors < (indirect ? 1 : buffers)) return false;
        slot.UsesTable = indirect;
        if (!TryReserve(buffers)) return false;

        Shape(buffers, indirect);
        var needed = draft.Indirect ? 1 : draft.Count;
        if (ring.FreeDescriptors < needed || needed > slot.Slots.Length || !TryReserveTable(buffers))
        {
            ReleaseBuffers(buffers);
            return false;
        }

        for (var taken = 0; taken < needed; taken++) slot.Slots[taken] = ring.TakeDescriptor();
        slot.Descriptors = needed;
        slot.Head = slot.Slots[0];
        slot.Fill(session.Memory);
        phase = Phase.Map;
        index = 0;
        return true;
    }

    /// <summary>Makes the next access. False = the chain is published.</summary>
    public bool Step()
    {
        switch (phase)
        {
            case Phase.Map: Map(); return true;
            case Phase.Copy: Copy(); return true;
            case Phase.MapTable:
                probes.Map(ring.Queue, slot.Table);
                (phase, index) = (Phase.TableEntry, 0);
                return true;
            case Phase.TableEntry: StoreTableEntry(); return true;
            case Phase.Descriptor: StoreDescriptor(); return true;
            case Phase.Entry:
                position = ring.StoreAvailableEntry(slot.Head, probes);
                phase = Phase.Barrier;
                return true;
            case Phase.Barrier:
                session.Barrier(BarrierSite.S1, ring.Queue, PublishesInRegion, probes);
                phase = Phase.Index;
                return true;
            case Phase.Index: Publish(); return true;
            case Phase.After: After(); return phase != Phase.Done;
            case Phase.LateCopy: Again(Copies.In, Phase.EarlyCopyOut); return true;
            case Phase.EarlyCopyOut: Again(Copies.Out, Phase.EarlyUnmap); return true;
            case Phase.EarlyUnmap: Again(Copies.Unmap, Phase.Done); return phase != Phase.Done;
            default: return false;
        }
    }

    private bool PublishesInRegion => slot.InRegion && areas.DescriptorsInRegion && areas.DriverInRegion;

    private bool TryReserve(int buffers)
    {
        slot.SetBuffers(buffers);
        slot.InRegion = true;
        for (var buffer = 0; buffer < buffers; buffer++)
        {
            var (address, length, direction) = slot.BufferAt(buffer, buffers);
            if (session.Memory.TryReserve(Use(buffer), address, length, direction, out slot.Buffers[buffer]))
            {
                slot.InRegion &= slot.Buffers[buffer].Place == Place.Pool;
                continue;
            }

            ReleaseBuffers(buffer);
            return false;
        }

        return true;
    }

    private void Shape(int buffers, bool indirect)
    {
        draft.Clear();
        draft.Request = slot.Number;
        draft.Indirect = indirect;
        for (var buffer = 0; buffer < buffers; buffer++)
        {
            ref var mapping = ref slot.Buffers[buffer];
            var flags = mapping.Direction == Direction.FromDevice ? DescriptorFlags.Write : DescriptorFlags.None;
            draft.TryAdd(new(mapping.Address, mapping.Length, flags, 0));
        }

        session.Conduct.Shape(draft);
    }

    private bool TryReserveTable(int buffers)
    {
        slot.UsesTable = draft.Indirect;
        if (!draft.Indirect) return true;
        var use = new MemoryUse(ring.Queue, Part.IndirectTable, slot.Number, buffers);
        var length = (uint)(draft.Count * Descriptor.SizeInBytes);
        if (length > tableBytes) return false;
        if (!session.Memory.TryReserve(use, slot.TableAddress, length, Direction.ToDevice, out slot.Table)) return false;
        slot.InRegion &= slot.Table.Place == Place.Pool;
        return true;
    }

    private void ReleaseBuffers(int count)
    {
        for (var buffer = 0; buffer < count; buffer++) session.Memory.Release(ref slot.Buffers[buffer]);
    }

    private void Map()
    {
        ref var mapping = ref slot.Buffers[index];
        probes.Map(ring.Queue, mapping);
        if (mapping.Bounces ? session.Conduct.CopiesInBeforePublishing(ring.Queue, slot.Number) : StoresInPlace(mapping))
            phase = Phase.Copy;
        else
            NextBuffer();
    }

    /// <summary>A buffer in place was written before the device could see it; that store is the one to be ordered.</summary>
    private static bool StoresInPlace(in Mapping mapping) => mapping.Direction == Direction.ToDevice;

    private void Copy()
    {
        ref var mapping = ref slot.Buffers[index];
        if (mapping.Bounces) session.Memory.CopyIn(Use(index), mapping, probes);
        else probes.Payload(EventKind.Store, ring.Queue, mapping.Address, mapping.Length, slot.Head);
        NextBuffer();
    }

    private void NextBuffer()
    {
        phase = Phase.Map;
        if (++index < slot.BufferCount) return;
        (phase, index) = (slot.UsesTable ? Phase.MapTable : Phase.Descriptor, 0);
    }

    private void StoreTableEntry()
    {
        var next = index + 1 < draft.Count ? (ushort)(index + 1) : (ushort)0;
        var place = new DescriptorPlace(ring.Queue, slot.Number, true, index, draft.Count, (ushort)index, slot.Head);
        var address = slot.Table.Address + (ulong)(index * Descriptor.SizeInBytes);
        Store(Part.IndirectDescriptor, address, place, Linked(draft[index], next));
        if (++index == draft.Count) (phase, index) = (Phase.Descriptor, 0);
    }

    private void StoreDescriptor()
    {
        var at = slot.Slots[index];
        var last = index + 1 == slot.Descriptors;
        var place = new DescriptorPlace(ring.Queue, slot.Number, false, index, slot.Descriptors, at, slot.Head);
        var proper = slot.UsesTable
            ? new Descriptor(slot.Table.Address, slot.Table.Length, DescriptorFlags.Indirect, 0)
            : Linked(draft[index], last ? (ushort)0 : slot.Slots[index + 1], last);
        Store(Part.Descriptor, ring.Layout.DescriptorAt(at), place, proper);
        if (++index == slot.Descriptors) phase = Phase.Entry;
    }

    private Descriptor Linked(Descriptor shaped, ushort next, bool? last = null)
        => last ?? index + 1 == draft.Count
            ? shaped
            : shaped with { Flags = shaped.Flags | DescriptorFlags.Next, Next = next };

    private void Store(Part part, ulong address, in DescriptorPlace place, Descriptor proper)
        => ring.StoreDescriptor(part, address, place.Slot, slot.Head, session.Conduct.Stored(place, proper), probes);

    private void Publish()
    {
        ring.HeadOf[slot.Head] = slot;
        ring.Outstanding++;
        session.Published++;
        ring.StoreAvailableIndex(slot.Number, probes);
        phase = Phase.After;
    }

    private void After()
    {
        var chain = new PublishedChain(
            ring.Queue, slot.Number, slot.Head, position, ring.Available.Value, ring.Layout.Size.Value);
        session.Conduct.AfterPublish(chain, hands);
        var asProper = session.Conduct.CopiesInBeforePublishing(ring.Queue, slot.Number)
            && session.Conduct.CopiesOutAfterUsed(ring.Queue, slot.Number)
            && session.Conduct.UnmapsAfterUsed(ring.Queue, slot.Number);
        (phase, index) = (asProper ? Phase.Done : Phase.LateCopy, 0);
    }

    private enum Copies
    {
        In, Out, Unmap,
    }

    /// <summary>What a wrong conduct does to a buffer that the device already has.</summary>
    private void Again(Copies what, Phase afterwards)
    {
        var buffer = index;
        ref var mapping = ref slot.Buffers[buffer];
        switch (what)
        {
            case Copies.In when mapping.Bounces && !session.Conduct.CopiesInBeforePublishing(ring.Queue, slot.Number):
                session.Memory.CopyIn(Use(buffer), mapping, probes);
                break;
            case Copies.Out when mapping.Bounces && mapping.Direction == Direction.FromDevice
                && !session.Conduct.CopiesOutAfterUsed(ring.Queue, slot.Number):
                session.Memory.CopyOut(Use(buffer), mapping, probes);
                break;
            case Copies.Unmap when !session.Conduct.UnmapsAfterUsed(ring.Queue, slot.Number):
                probes.Unmap(ring.Queue, mapping);
                session.Memory.Release(ref mapping);
                break;
            default: break;
        }

        if (++index == slot.BufferCount) (phase, index) = (afterwards, 0);
    }

    private MemoryUse Use(int buffer) => new(ring.Queue, Part.Payload, slot.Number, buffer, slot.UsesTable);
}
