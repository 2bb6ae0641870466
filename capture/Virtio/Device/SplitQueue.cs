using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>Serves one split virtqueue: takes chains, has them carried out, returns them, notifies.</summary>
internal sealed partial class SplitQueue
{
    private const int StraysAtOnce = 16;

    private readonly DeviceCore core;
    private readonly IBusMemory memory;
    private readonly IFencedMemory? fenced;
    private readonly byte[] scratch;
    private readonly DeviceSituation situation;
    private readonly ChainWalker walker;
    private readonly IRequestService requests;

    private IEnumerator<Pause>? service;
    private bool isKicked;
    private bool isBusy;

    public SplitQueue(DeviceCore core, DeviceModel model, ushort index, IBusMemory memory, byte[] scratch)
    {
        this.core = core;
        this.memory = memory;
        this.scratch = scratch;
        Index = index;
        fenced = memory as IFencedMemory;
        situation = new DeviceSituation(index);
        walker = new ChainWalker(this, situation, memory);
        requests = model.CreateService(this, situation, memory, core.Options, scratch);
        Registers = new QueueRegisters(core.Options.QueueSize);
    }

    public ushort Index { get; }

    public QueueRegisters Registers { get; }

    public DeviceProbes Probes => core.Probes;

    /// <summary>Whether a step would do something.</summary>
    public bool HasWork => service is not null && (isKicked || isBusy || core.Conduct.LooksUnasked(Index));

    public void SetRegion(ulong start, ulong length) => (situation.RegionBase, situation.RegionBytes) = (start, length);

    /// <summary>The available entry that would be looked at next: where a queue that is handed on goes on.</summary>
    public RingIndex NextAvailable => situation.NextAvailable;

    /// <summary>The queue is enabled: its rings start over, or go on where somebody else left them.</summary>
    /// <param name="layout">Where it lies.</param>
    /// <param name="nextAvailable">The available entry to look at first.</param>
    /// <param name="nextUsed">The used entry to write first.</param>
    public void Start(SplitLayout layout, RingIndex nextAvailable = default, RingIndex nextUsed = default)
    {
        situation.Layout = layout;
        situation.NextAvailable = nextAvailable;
        situation.NextUsed = nextUsed;
        (seen, signalled, entryAt, unpublished) = (nextAvailable, nextUsed, nextUsed, 0);
        (isArmed, outside) = (true, false);
        lastVector = Registers.Vector;
        service = Serve();
        TakeFeatures();
    }

    /// <summary>DRIVER_OK: what was published before may be looked at now.</summary>
    public void GoLive()
    {
        TakeFeatures();
        lastVector = Registers.Vector;
        isKicked = true;
    }

    /// <summary>The queue is no longer live: nothing of it is touched any more.</summary>
    public void Stop()
    {
        service = null;
        isKicked = false;
        isBusy = false;
    }

    public void Kick() => isKicked = true;

    /// <summary>One step. Only where <see cref="HasWork"/>.</summary>
    public void Step()
    {
        var running = service!;
        isBusy = running.MoveNext();
        if (isBusy) isBusy = running.Current != Pause.Idle;
        else if (ReferenceEquals(service, running)) service = null;
    }

    public void Fail(string note, ushort? head = null) => core.Fail(Index, note, head);

    /// <summary>Lets a wrong device do what nobody asked for.</summary>
    public void Stray(DeviceMoment moment)
    {
        for (var i = 0; i < StraysAtOnce && core.Conduct.Strays(moment, situation, out var act); i++)
        {
            if (act.Kind == StrayKind.Interrupt)
            {
                core.Interrupts.Stray(Index, act.Slot ?? lastVector);
                continue;
            }

            var bytes = scratch.AsSpan(0, (int)Math.Min(act.Length, (uint)scratch.Length));
            var isMemory = memory.TryRead(act.Address, bytes);
            var kind = act.Kind == StrayKind.Write ? EventKind.DmaWrite : EventKind.DmaRead;
            Probes.Range(kind, Index, act.Part, act.Address, (ulong)bytes.Length, situation.Head, act.Slot);
            if (isMemory && kind == EventKind.DmaWrite) memory.TryWrite(act.Address, bytes);
        }
    }

    /// <summary>The address at which payload is accessed: the descriptor's, unless the device is wrong.</summary>
    public ulong RedirectPayload(ulong address, uint length, bool write)
    {
        NoteTarget(address, length);
        return core.Conduct.PayloadAddress(situation, address, length, write);
    }

    public void RecordPayload(EventKind kind, ulong address, uint length)
        => Probes.Range(kind, Index, Part.Payload, address, length, situation.Head);

    /// <summary>
    /// The first target outside the region ends the exemption for this batch: what orders the available index before it
    /// has to reach as far as the platform asks.
    /// </summary>
    public void NoteTarget(ulong address, uint length)
    {
        if (!ringsExempt || outside || situation.InRegion(address, length)) return;
        outside = true;
        Barrier(BarrierSite.S7, exempt: false);
    }

    private void TakeFeatures()
    {
        situation.Features = core.Accepted;
        hasEventIndex = core.Accepted.Has(FeatureBit.EventIndex);
        orderPlatform = core.Accepted.Has(FeatureBit.OrderPlatform);
        var size = situation.Layout.Size;
        ringsExempt = core.Accepted.Has(FeatureBit.Swiotlb)
            && core.Accepted.Has(FeatureBit.Version1)
            && situation.InRegion(situation.Layout.DescriptorArea, (ulong)SplitLayout.DescriptorAreaBytes(size))
            && situation.InRegion(situation.Layout.DriverArea, (ulong)SplitLayout.DriverAreaBytes(size))
            && situation.InRegion(situation.Layout.DeviceArea, (ulong)SplitLayout.DeviceAreaBytes(size));
    }

    private void Barrier(BarrierSite site, bool exempt)
    {
        var proper = BarrierKind.Proper(site, orderPlatform, exempt);
        if (core.Conduct.BarrierAt(site, proper, Index) is not { } kind) return;
        Probes.Barrier(Index, site, kind);
        kind.Perform();
        fenced?.Fence(kind);
    }
}
