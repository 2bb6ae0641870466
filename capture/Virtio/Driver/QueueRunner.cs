using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>Keeps one queue busy until its work is done: the loop of a block driver's queue, on one thread.</summary>
internal sealed class QueueRunner
{
    private readonly DriverSession session;
    private readonly ushort queue;
    private readonly DriverProbes probes;
    private readonly TransportRegisters registers;
    private readonly SplitRing ring;
    private readonly QueueAreas areas;
    private readonly ChainPublisher publisher;
    private readonly ChainCompletion completion;
    private readonly Stack<RequestSlot> free;
    private readonly IEnumerator<BlockRequest> work;
    private readonly bool interrupts;
    private bool hasNext;
    private ulong number;
    private int unkicked;
    private bool kickDecided;
    private int outside;
    private int waited;
    private bool waitsForRoom;

    public QueueRunner(
        DriverSession session,
        ushort queue,
        DriverProbes probes,
        IDriverHands hands,
        IReadOnlyList<RequestSlot> slots,
        int tableBytes)
    {
        this.session = session;
        this.queue = queue;
        this.probes = probes;
        registers = session.Registers.On(probes);
        ring = session.Rings[queue];
        areas = session.Areas[queue];
        interrupts = session.Epoch.Interrupts;
        publisher = new(session, queue, tableBytes, probes, hands);
        completion = new(session, queue, probes);
        free = new(slots.Count);
        for (var slot = slots.Count - 1; slot >= 0; slot--) free.Push(slots[slot]);
        work = session.Epoch.Work.RequestsOf(queue, session.Rings.Length);
        hasNext = work.MoveNext();
    }

    /// <summary>The queue's life from DRIVER_OK on; what it does to memory stands in the order in which it does it.</summary>
    public IEnumerator<Pause> Run()
    {
        if (!session.EventIndex && !interrupts)
        {
            ring.StoreAvailableFlags(RingFlags.NoInterrupt, probes);
            yield return Pause.Step;
        }

        while (true)
        {
            // Publish what there is room for, with a doorbell per batch.
            while (TryBeginNext())
            {
                while (publisher.Step()) yield return Pause.Step;
                if (++unkicked < session.Epoch.Batch) continue;
                while (Kick()) yield return Pause.Step;
            }

            while (Kick()) yield return Pause.Step;
            if (IsDone) yield break;
            if (ring.Outstanding == 0)
            {
                // Other queues hold the memory that this one waits for: none of its own interrupts will tell.
                if (!StaysPatient()) yield break;
                yield return Pause.Idle;
                continue;
            }

            while (!MayHaveWork()) yield return Pause.Idle;
            if (session.Broken is not null) yield break;

            if (!session.EventIndex && interrupts)
            {
                ring.StoreAvailableFlags(RingFlags.NoInterrupt, probes);
                yield return Pause.Step;
            }

            var before = ring.LastUsed;
            var used = ring.LoadUsedIndex(probes);
            yield return Pause.Step;
            while (true)
            {
                if (!CheckUsedIndex(used)) yield break;
                if (used != ring.LastUsed) Barrier(BarrierSite.S3, areas.DeviceInRegion && outside == 0);
                while (used != ring.LastUsed)
                {
                    var (id, length) = ring.LoadUsedEntry(probes);
                    yield return Pause.Step;
                    if (!TryTake(id, length, out var slot)) yield break;
                    while (completion.Step()) yield return Pause.Step;
                    Recycle(slot);

                    // What came free is used again at once, as by a loaded driver; the doorbell waits for its batch.
                    if (!TryBeginNext()) continue;
                    while (publisher.Step()) yield return Pause.Step;
                    if (++unkicked < session.Epoch.Batch) continue;
                    while (Kick()) yield return Pause.Step;
                }

                if (!interrupts) break;
                // Ask for the next interrupt, then look again: an entry used in between brings none.
                AskForInterrupt();
                yield return Pause.Step;
                Barrier(BarrierSite.S4, RingsInRegion);
                used = ring.LoadUsedIndex(probes);
                yield return Pause.Step;
                if (used == ring.LastUsed) break;
            }

            if (ring.LastUsed != before) waited = 0;
            else if (!StaysPatient()) yield break;
            else if (!interrupts) yield return Pause.Idle;
        }
    }

    /// <summary>Unmaps what the device still had, once it no longer has it.</summary>
    public IEnumerable<Pause> ReleaseOutstanding()
    {
        for (var head = 0; head < ring.HeadOf.Length; head++)
        {
            if (ring.HeadOf[head] is not { } slot) continue;
            ring.HeadOf[head] = null;
            ring.Outstanding--;
            session.InFlight--;
            for (var buffer = 0; buffer < slot.BufferCount; buffer++)
            {
                if (Release(ref slot.Buffers[buffer])) yield return Pause.Step;
            }

            if (slot.UsesTable && Release(ref slot.Table)) yield return Pause.Step;
        }
    }

    private bool RingsInRegion => areas.DriverInRegion && areas.DeviceInRegion;

    private bool IsDone
        => session.Broken is not null || session.Abandoned || (!hasNext && ring.Outstanding == 0);

    private bool TryBeginNext()
    {
        while (hasNext && work.Current.Type == BlkRequestType.Flush && !session.Features.Has(FeatureBit.BlkFlush))
            hasNext = work.MoveNext();
        if (!hasNext || free.Count == 0 || session.Broken is not null || session.Abandoned) return false;
        var request = work.Current;
        if (request.AfterAllBefore && ring.Outstanding > 0) return false;
        if (request.Length > session.Epoch.LargestRequest)
        {
            session.Break($"a request of {request.Length} bytes is larger than {session.Epoch.LargestRequest}", probes);
            return false;
        }

        var slot = free.Peek();
        if (!publisher.TryBegin(slot, request, number)) return Waits(request);
        free.Pop();
        waitsForRoom = false;
        number++;
        hasNext = work.MoveNext();
        session.InFlight++;
        if (!slot.InRegion) outside++;
        return true;
    }

    /// <summary>Running out of pool is back-pressure, unless nothing is in flight that could give room back.</summary>
    private bool Waits(in BlockRequest request)
    {
        if (!waitsForRoom) session.Result.BackPressure++;
        waitsForRoom = true;
        if (session.InFlight == 0)
            session.BreakForRoom($"queue {queue}: a request of {request.Length} bytes finds no room although nothing is in flight", probes);
        return false;
    }

    /// <summary>One step of deciding about the doorbell, and of ringing it. False = there is nothing (more) to do.</summary>
    private bool Kick()
    {
        if (!kickDecided)
        {
            if (unkicked == 0) return false;
            Barrier(BarrierSite.S2, RingsInRegion);
            kickDecided = session.EventIndex
                ? Notification.IsDueByEvent(ring.LoadAvailableEvent(probes), ring.Kicked, ring.Available)
                : Notification.IsDueByFlags(ring.LoadUsedFlags(probes));
            ring.Kicked = ring.Available;
            unkicked = 0;
            return true;
        }

        kickDecided = false;
        session.Result.Doorbells++;
        registers.Ring(queue);
        return true;
    }

    private void AskForInterrupt()
    {
        if (session.EventIndex) ring.StoreUsedEvent(ring.LastUsed.Value, probes);
        else ring.StoreAvailableFlags(0, probes);
    }

    /// <summary>The device may not have used more than it was given.</summary>
    private bool CheckUsedIndex(RingIndex used)
    {
        var count = used.Since(ring.LastUsed);
        if (count <= ring.Outstanding) return true;
        session.Break(
            $"queue {queue}: the used index went from {ring.LastUsed} to {used} with {ring.Outstanding} chains outstanding",
            probes);
        return false;
    }

    private bool TryTake(uint id, uint length, out RequestSlot slot)
    {
        slot = ring.Believe(id, out var doubt)!;
        if (doubt is not null)
        {
            session.Break(doubt, probes);
            return false;
        }

        var inRegion = slot.InRegion && areas.DeviceInRegion && areas.DescriptorsInRegion;
        Barrier(BarrierSite.S5, inRegion);
        completion.Begin(slot, length);
        return true;
    }

    private void Recycle(RequestSlot slot)
    {
        if (!slot.InRegion) outside--;
        session.InFlight--;
        free.Push(slot);
    }

    /// <summary>Whether to look at the used ring: always when polling, else after an interrupt, or when patience ends.</summary>
    private bool MayHaveWork()
    {
        if (!interrupts || session.Broken is not null) return true;
        session.Interrupts.Poll(registers, probes);
        if (session.Interrupts.TakeConfig()) CheckStatus();
        return session.Interrupts.TakeQueue(queue) || ++waited > session.Options.Patience;
    }

    private bool StaysPatient()
    {
        if (++waited <= session.Options.Patience) return true;
        CheckStatus();
        session.Break($"queue {queue}: no progress with {ring.Outstanding} chains outstanding", probes);
        return false;
    }

    private void CheckStatus()
    {
        var status = (DeviceStatus)registers.Read(RegisterName.DeviceStatus);
        if ((status & DeviceStatus.NeedsReset) != 0) session.Break("the device needs a reset", probes);
    }

    private bool Release(ref Mapping mapping)
    {
        if (!mapping.IsLive) return false;
        probes.Unmap(queue, mapping);
        session.Memory.Release(ref mapping);
        return true;
    }

    private void Barrier(BarrierSite site, bool inRegion) => session.Barrier(site, queue, inRegion, probes);
}
