namespace Tracing.Virtio.Driver;

/// <summary>What the driver's threads share during one epoch.</summary>
internal sealed class DriverSession(
    DriverOptions options,
    DriverEpoch epoch,
    DriverConduct conduct,
    DriverResult result,
    TransportRegisters registers,
    DriverMemory memory,
    InterruptRouter interrupts)
{
    private readonly ulong? abandonAfter = conduct.AbandonAfter(epoch.AbandonAfter);

    public DriverOptions Options => options;

    public DriverEpoch Epoch => epoch;

    public DriverConduct Conduct => conduct;

    public DriverResult Result => result;

    public TransportRegisters Registers => registers;

    public DriverMemory Memory => memory;

    public InterruptRouter Interrupts => interrupts;

    /// <summary>The rings, by queue.</summary>
    public SplitRing[] Rings { get; set; } = [];

    /// <summary>The rings' areas, by queue.</summary>
    public QueueAreas[] Areas { get; set; } = [];

    /// <summary>Accepted and kept by the device.</summary>
    public FeatureSet Features { get; private set; }

    public bool EventIndex { get; private set; }

    public bool IndirectDescriptors { get; private set; }

    public bool OrderPlatform { get; private set; }

    /// <summary>Queues whose work is done or given up.</summary>
    public int QueuesDone { get; set; }

    /// <summary>Requests published in this epoch.</summary>
    public ulong Published { get; set; }

    /// <summary>Requests that hold memory, over all queues.</summary>
    public int InFlight { get; set; }

    /// <summary>Gives the driver's own buffers back at the end of the epoch.</summary>
    public Action? ReleaseOwnBuffers { get; set; }

    /// <summary>Why the driver gave up on the device; null = it has not.</summary>
    public string? Broken { get; private set; }

    /// <summary>Whether nothing more is to be made available.</summary>
    public bool Abandoned => abandonAfter is { } limit && Published >= limit;

    /// <summary>From here on the driver goes by these features.</summary>
    public void Negotiate(FeatureSet features)
    {
        Features = features;
        EventIndex = features.Has(FeatureBit.EventIndex);
        IndirectDescriptors = features.Has(FeatureBit.IndirectDescriptors);
        OrderPlatform = Epoch.AssumesOrderPlatform || features.Has(FeatureBit.OrderPlatform);
        if (features.Has(FeatureBit.Swiotlb) && features.Has(FeatureBit.Version1)) memory.ConfineToPool();
    }

    /// <summary>Gives up since memory is too small for what is asked for; the device is not to blame.</summary>
    public void BreakForRoom(string reason, DriverProbes probes)
    {
        result.LacksRoom |= Broken is null;
        Break(reason, probes);
    }

    /// <summary>Gives up on the device; the first reason stays.</summary>
    public void Break(string reason, DriverProbes probes)
    {
        if (Broken is not null) return;
        Broken = reason;
        result.Reason ??= reason;
        probes.Remark(reason);
    }

    /// <summary>Places a barrier.</summary>
    /// <param name="site">Between which accesses.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="inRegion">Whether all of them lie wholly in the pool.</param>
    /// <param name="probes">Of the thread that places it.</param>
    public void Barrier(BarrierSite site, ushort queue, bool inRegion, DriverProbes probes)
    {
        var proper = BarrierKind.Proper(site, OrderPlatform, inRegion && memory.PoolIsRegion && Epoch.TakesExemption);
        if (conduct.BarrierAt(site, queue, proper) is not { } kind) return;
        probes.Barrier(queue, kind, site);
        memory.Perform(kind);
    }
}

/// <summary>The three areas of one queue.</summary>
internal sealed class QueueAreas
{
    private Mapping descriptors;
    private Mapping driver;
    private Mapping device;

    public ref Mapping Descriptors => ref descriptors;

    public ref Mapping Driver => ref driver;

    public ref Mapping Device => ref device;

    public bool DescriptorsInRegion => descriptors.Place == Place.Pool;

    public bool DriverInRegion => driver.Place == Place.Pool;

    public bool DeviceInRegion => device.Place == Place.Pool;
}
