using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>
/// A virtio-blk driver over PCI. It does no I/O of its own and has no clock: whoever owns it moves its threads on, one
/// visible access at a time, in any order.
/// </summary>
public sealed class ReferenceDriver
{
    private const int SystemSlotBytes = 256;
    private readonly DriverOptions options;
    private readonly DriverConduct conduct;
    private readonly IBusMemory memory;
    private readonly SlotAllocator system;
    private readonly InterruptRouter interrupts;
    private readonly PciFunctionAccess pci;
    private readonly DriverProbes[] probes;
    private DriverSession? running;
    private QueueRunner[] runners = [];
    private int epochsStarted;
    private uint lastId;

    /// <summary>A driver at power-on.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="bus">The function.</param>
    /// <param name="memory">Memory under bus addresses.</param>
    /// <param name="interrupts">Where the function's interrupts arrive.</param>
    /// <param name="sink">The driver's source, or null.</param>
    /// <param name="conduct">How it behaves; null = right.</param>
    public ReferenceDriver(
        DriverOptions options,
        IPciBus bus,
        IBusMemory memory,
        IInterruptSource interrupts,
        IEventSink? sink = null,
        DriverConduct? conduct = null)
    {
        this.options = options;
        this.memory = memory;
        this.conduct = conduct ?? new();
        this.interrupts = new(interrupts);
        system = new(options.SystemMemory.Start, options.SystemMemory.Length, SystemSlotBytes);
        this.conduct.Facts.SystemMemory = options.SystemMemory;
        var threads = 1;
        foreach (var epoch in options.Epochs) threads = Math.Max(threads, Math.Min(epoch.Queues, TransportRegisters.MaxQueues));
        probes = new DriverProbes[threads];
        for (ushort thread = 0; thread < threads; thread++) probes[thread] = new(sink, options.Device, thread);
        pci = new(bus, probes[0]);
        var machines = new IEnumerator<Pause>[threads];
        machines[0] = Control();
        for (var thread = 1; thread < threads; thread++) machines[thread] = Serve(thread);
        Threads = machines;
    }

    /// <summary>The driver's threads: 0 brings the device up and down and serves queue 0, each other its own queue.</summary>
    public IReadOnlyList<IEnumerator<Pause>> Threads { get; }

    /// <summary>How it fared.</summary>
    public DriverResult Result { get; } = new();

    private IEnumerator<Pause> Control()
    {
        probes[0].ThreadStarted("driver control and queue 0");
        for (var number = 0; number < options.Epochs.Count; number++)
        {
            conduct.Facts.Epoch = number;
            var epoch = options.Epochs[number];
            foreach (var pause in PlaceBars(epoch)) yield return pause;
            var structures = CapabilityWalk.Walk(pci, probes[0]);
            yield return Pause.Step;
            LearnRegion(structures);
            foreach (var pause in EnableVectors(epoch, structures)) yield return pause;

            var session = NewSession(epoch, structures);
            var hands = new DriverHands(session, probes[0]);
            var initialisation = new Initialisation(session, structures, probes[0]);
            foreach (var pause in BringUp(session, initialisation, hands, structures)) yield return pause;
            Result.Negotiated.Add(initialisation.HasFailed ? default : session.Features);
            if (!initialisation.HasFailed)
            {
                foreach (var pause in RunQueues(session)) yield return pause;
            }

            // A device on which initialisation failed stays FAILED: there is nothing to take back from it.
            var order = initialisation.HasFailed && session.Areas.Length == 0 ? [] : conduct.StopOrder(DriverSteps.Stop);
            foreach (var step in order)
            {
                foreach (var pause in Stop(step, session, initialisation)) yield return pause;
            }

            runners = [];
        }

        Result.Finished = true;
    }

    private IEnumerator<Pause> Serve(int thread)
    {
        probes[thread].ThreadStarted($"driver queue {thread}");
        yield return Pause.Step;
        var served = 0;
        while (!Result.Finished)
        {
            if (epochsStarted == served || running is not { } session || thread >= runners.Length)
            {
                yield return Pause.Idle;
                continue;
            }

            served = epochsStarted;
            probes[thread].HandoverAcquire(StartOf(served));
            var machine = runners[thread].Run();
            while (machine.MoveNext()) yield return machine.Current;
            probes[thread].HandoverRelease(EndOf(served, thread));
            session.QueuesDone++;
            yield return Pause.Step;
        }
    }

    private IEnumerable<Pause> PlaceBars(DriverEpoch epoch)
    {
        if (epoch.Bars.Count > 0)
        {
            pci.SetDecode(false);
            yield return Pause.Step;
            foreach (var (bar, address) in epoch.Bars)
            {
                pci.MoveBar(bar, address);
                yield return Pause.Step;
            }
        }

        pci.SetDecode(true);
        yield return Pause.Step;
    }

    private void LearnRegion(VirtioStructures structures)
    {
        var facts = conduct.Facts;
        Window? region = structures.Swiotlb is { } place ? RegionAt(place) : null;
        if (facts.Region is { } before && before != region) facts.PreviousRegion = before;
        facts.Region = region;
    }

    /// <summary>The region's bus addresses; null if the device claims a range that goes past 2^64.</summary>
    private Window? RegionAt(StructurePlace place)
    {
        var start = pci.BarBase(place.Bar);
        return start <= ulong.MaxValue - place.Offset && start + place.Offset <= ulong.MaxValue - place.Length
            ? new(start + place.Offset, place.Length)
            : null;
    }

    private IEnumerable<Pause> EnableVectors(DriverEpoch epoch, VirtioStructures structures)
    {
        var vectors = epoch.MessageInterrupts && !epoch.Legacy
            ? Math.Min(structures.Vectors, Math.Min(epoch.Queues, TransportRegisters.MaxQueues) + 1)
            : 0;
        conduct.Facts.Vectors = vectors;
        interrupts.Restart(0, vectors);
        if (vectors == 0 || structures.MsixTable is not { } table) yield break;
        for (var vector = 0; vector < vectors; vector++)
        {
            pci.WriteVector(table, vector, interrupts.MessageAddressOf(vector), InterruptRouter.MessageOf(vector));
            yield return Pause.Step;
        }

        pci.EnableMessages(structures.MsixCapability);
        yield return Pause.Step;
    }

    private DriverSession NewSession(DriverEpoch epoch, VirtioStructures structures)
    {
        var registers = new TransportRegisters(
            pci, probes[0], conduct, structures, memory as IFencedMemory, epoch.Legacy, vectors: interrupts.Vectors > 0);
        var pool = epoch.Memory.PoolOf(conduct.Facts.Region);
        var epochMemory = new DriverMemory(memory, epoch.Memory, conduct, pool, system, () => ++lastId);
        return new(options, epoch, conduct, Result, registers, epochMemory, interrupts);
    }

    private IEnumerable<Pause> BringUp(
        DriverSession session, Initialisation initialisation, DriverHands hands, VirtioStructures structures)
    {
        var proper = session.Epoch.Legacy ? DriverSteps.Legacy : DriverSteps.Modern;
        if (!session.Epoch.Legacy && (structures.Common is null || structures.Notify is null))
        {
            session.Break("the function has no common or no notification structure", probes[0]);
            initialisation.GiveUp();
            yield break;
        }

        foreach (var step in conduct.InitOrder(proper))
        {
            foreach (var pause in initialisation.Perform(step)) yield return pause;
            if (initialisation.HasFailed) yield break;
            conduct.After(step, hands);
            yield return Pause.Step;
        }
    }

    private IEnumerable<Pause> RunQueues(DriverSession session)
    {
        interrupts.Restart(session.Rings.Length, interrupts.Vectors);
        var started = new QueueRunner[session.Rings.Length];
        for (ushort queue = 0; queue < started.Length; queue++)
        {
            var tableBytes = TableBytes(session.Rings[queue].Layout.Size);
            if (!TrySlots(session, tableBytes, out var slots)) yield break;
            started[queue] = new(
                session, queue, probes[queue], new DriverHands(session, probes[queue]), slots, tableBytes);
        }

        runners = started;
        running = session;
        epochsStarted++;
        if (started.Length > 1) probes[0].HandoverRelease(StartOf(epochsStarted));
        var machine = started[0].Run();
        while (machine.MoveNext()) yield return machine.Current;
        session.QueuesDone++;
        while (session.QueuesDone < started.Length) yield return Pause.Idle;
        for (var thread = 1; thread < started.Length; thread++) probes[0].HandoverAcquire(EndOf(epochsStarted, thread));
        running = null;
    }

    private IEnumerable<Pause> Stop(StopStep step, DriverSession session, Initialisation initialisation)
    {
        switch (step)
        {
            case StopStep.Reset: return initialisation.Set(DeviceStatus.None);
            case StopStep.AwaitReset: return initialisation.AwaitReset();
            case StopStep.ReleaseBuffers: return ReleaseBuffers();
            default: return ReleaseRings(session);
        }
    }

    private IEnumerable<Pause> ReleaseBuffers()
    {
        foreach (var runner in runners)
        {
            foreach (var pause in runner.ReleaseOutstanding()) yield return pause;
        }
    }

    private IEnumerable<Pause> ReleaseRings(DriverSession session)
    {
        for (var queue = 0; queue < session.Areas.Length; queue++)
        {
            if (session.Areas[queue] is not { } areas) continue;
            session.Memory.UnmapArea((ushort)queue, ref areas.Descriptors, probes[0]);
            session.Memory.UnmapArea((ushort)queue, ref areas.Driver, probes[0]);
            session.Memory.UnmapArea((ushort)queue, ref areas.Device, probes[0]);
            yield return Pause.Step;
        }

        interrupts.Discard(probes[0]);
        session.ReleaseOwnBuffers?.Invoke();
    }

    /// <summary>Room for the longest chain that the queue allows, and then some for a conduct; bounded for big queues.</summary>
    private static int TableBytes(QueueSize size) => Descriptor.SizeInBytes * (Math.Min((int)size.Value, 512) + 8);

    private bool TrySlots(DriverSession session, int tableBytes, out RequestSlot[] slots)
    {
        var depth = Math.Max(1, session.Epoch.Depth);
        var each = RequestSlot.BytesFor(session.Epoch.LargestRequest, tableBytes);
        var owner = ++lastId;
        slots = [];
        if (!system.TryAllocate(each * (ulong)depth, SystemSlotBytes, owner, out var start))
        {
            session.BreakForRoom($"system memory has no room for {depth} requests of {session.Epoch.LargestRequest} bytes", probes[0]);
            return false;
        }

        session.ReleaseOwnBuffers += () => system.Free(start, each * (ulong)depth, owner);
        slots = new RequestSlot[depth];
        for (var slot = 0; slot < depth; slot++) slots[slot] = new(start + each * (ulong)slot, session.Epoch.LargestRequest);
        return true;
    }

    private static ulong StartOf(int epoch) => (ulong)epoch << 16;

    private static ulong EndOf(int epoch, int thread) => ((ulong)epoch << 16) + (ulong)thread;
}
