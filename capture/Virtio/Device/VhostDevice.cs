using System.Diagnostics.CodeAnalysis;
using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>
/// The reference device as a vhost back end: a front end owns the transport and tells it of features and rings, one by
/// one. There is no device status in this conversation, and ring addresses are the front end's own.
/// </summary>
/// <remarks>Nothing happens by itself, and no member throws because of what the front end says: a refusal is a text.</remarks>
public sealed class VhostDevice
{
    private readonly DeviceOptions options;
    private readonly DeviceModel model;
    private readonly PlatformProbes platform;
    private readonly IBusMemory memory;
    private readonly DeviceProbes probes;
    private readonly DeviceCore core;
    private readonly IDeviceConfiguration config;
    private readonly Ring[] rings;
    private bool hasFeatures;

    /// <summary>A device that no front end has spoken to.</summary>
    /// <param name="options">How it is built.</param>
    /// <param name="model">What kind of device it is.</param>
    /// <param name="memory">The guest's memory, under guest addresses.</param>
    /// <param name="platform">The platform's voice.</param>
    /// <param name="call">Notifies the driver of a queue.</param>
    /// <param name="sink">The device's source, or null.</param>
    /// <param name="conduct">How it behaves; null = right.</param>
    public VhostDevice(
        DeviceOptions options, DeviceModel model, IBusMemory memory, PlatformProbes platform, Action<ushort> call,
        IEventSink? sink = null, DeviceConduct? conduct = null)
    {
        this.options = options;
        this.model = model;
        this.platform = platform;
        this.memory = memory;
        var behaviour = conduct ?? new DeviceConduct();
        probes = new DeviceProbes(sink, options.Device);
        core = new DeviceCore(options, model, behaviour, probes, new Calls(call, probes, behaviour), memory, hasStatus: false);
        config = model.CreateConfiguration(core.Offered, options);
        rings = [.. core.Queues.Select(queue => new Ring(queue))];
    }

    /// <summary>What it offers.</summary>
    public FeatureSet Offered => core.Offered;

    /// <summary>How many queues there are.</summary>
    public int Queues => rings.Length;

    /// <summary>Bytes of its configuration.</summary>
    public uint ConfigBytes => config.Bytes;

    /// <summary>Whether it met something that it cannot serve.</summary>
    public bool HasFailed => (core.Status & DeviceStatus.NeedsReset) != 0;

    /// <summary>The queues that a front end has started and not stopped.</summary>
    public IEnumerable<int> Running => Enumerable.Range(0, rings.Length).Where(queue => rings[queue].IsStarted);

    /// <summary>The device appears.</summary>
    public void PowerOn()
    {
        platform.DeviceAppeared(options.Device, model.Type, options.Name ?? model.Name);
        probes.ThreadStarted(0, "messages");
        foreach (var queue in core.Queues) probes.ThreadStarted(DeviceProbes.ThreadOf(queue.Index), $"queue {queue.Index}");
    }

    /// <summary>Takes note of a message.</summary>
    public void Received(uint request, uint bytes, string name) => probes.Message(EventKind.MessageReceived, request, bytes, name);

    /// <summary>Takes note of a message.</summary>
    public void Sent(uint request, uint bytes, string name) => probes.Message(EventKind.MessageSent, request, bytes, name);

    /// <summary>Takes note of what is not done for the front end.</summary>
    public void Refuse(string text) => platform.Remark(text, options.Device);

    /// <summary>The front end reads what is offered.</summary>
    public FeatureSet ReadFeatures()
    {
        for (byte word = 0; word < 2; word++)
            probes.Said(EventKind.RegisterRead, RegisterName.DeviceFeature, core.Offered.Word(word), featureWord: word);
        return core.Offered;
    }

    /// <summary>The front end says what the driver accepted.</summary>
    public void SetFeatures(FeatureSet accepted)
    {
        for (byte word = 0; word < 2; word++)
            probes.Said(EventKind.RegisterWrite, RegisterName.DriverFeature, accepted.Word(word), featureWord: word);
        core.Settle(accepted);
        hasFeatures = true;
    }

    /// <summary>A queue's size.</summary>
    public string? SetSize(uint queue, uint size)
    {
        if (!TryRing(queue, out var ring, out var problem)) return problem;
        probes.Said(EventKind.RegisterWrite, RegisterName.QueueSize, size, ring.Queue.Index);
        ring.Size = QueueSize.TryCreate(size, out var legal) ? legal : null;
        if (ring.Size is null) return $"a queue of {size} entries; a power of two up to {QueueSize.Greatest} was expected";
        return null;
    }

    /// <summary>A queue's three areas, in the front end's addresses and in the guest's.</summary>
    public string? SetAddresses(uint queue, in QueueAddresses frontEnd, in QueueAddresses guest)
    {
        if (!TryRing(queue, out var ring, out var problem)) return problem;
        Say(RegisterName.QueueDesc, ring, frontEnd.Descriptors);
        Say(RegisterName.QueueDriver, ring, frontEnd.Available);
        Say(RegisterName.QueueDevice, ring, frontEnd.Used);
        ring.Addresses = guest;
        return null;
    }

    /// <summary>The available entry that a queue begins with.</summary>
    public string? SetBase(uint queue, uint position)
    {
        if (!TryRing(queue, out var ring, out var problem)) return problem;
        if (position > ushort.MaxValue) return $"queue {queue} begins at {position}; an index of 16 bits was expected";
        ring.Base = new RingIndex((ushort)position);
        return null;
    }

    /// <summary>A queue starts; it works once it is enabled too. One that runs goes on.</summary>
    public string? Start(uint queue)
    {
        if (!TryRing(queue, out var ring, out var problem)) return problem;
        if (ring.IsStarted) return null;
        if (!hasFeatures) return $"queue {queue} starts before any features are set";
        if (ring.Size is not { } size) return $"queue {queue} has no size";
        if (ring.Addresses is not { } at) return $"queue {queue} has no addresses";
        var layout = new SplitLayout(size, at.Descriptors, at.Available, at.Used);
        if (!layout.IsAligned || !layout.IsAddressable) return $"queue {queue} has areas that are not aligned, or reach past 2^64";
        // The driver knows how far the used ring is; the back end finds it there.
        if (!memory.TryLoad16(layout.UsedIndex, out var used)) return $"queue {queue} has a used ring at 0x{layout.DeviceArea:x}, where no memory is";
        probes.Word(EventKind.DmaRead, ring.Queue.Index, Part.UsedIndex, layout.UsedIndex, used);
        ring.Queue.Start(layout, ring.Base, new RingIndex(used));
        ring.IsStarted = true;
        Run(ring);
        return null;
    }

    /// <summary>A queue stops: nothing of it is touched any more. Gives the available entry that it would have looked at next.</summary>
    public string? Stop(uint queue, out ushort position)
    {
        position = 0;
        if (!TryRing(queue, out var ring, out var problem)) return problem;
        if (ring.IsStarted) ring.Base = ring.Queue.NextAvailable;
        position = ring.Base.Value;
        ring.IsStarted = false;
        ring.Queue.Stop();
        probes.Said(EventKind.RegisterWrite, RegisterName.QueueEnable, 0, ring.Queue.Index);
        return null;
    }

    /// <summary>A queue may work, or may not for now.</summary>
    public string? Enable(uint queue, bool isEnabled)
    {
        if (!TryRing(queue, out var ring, out var problem)) return problem;
        ring.IsEnabled = isEnabled;
        if (isEnabled) Run(ring);
        return null;
    }

    /// <summary>The driver notifies a queue.</summary>
    public void Kick(ushort queue)
    {
        probes.Doorbell(queue);
        rings[queue].Queue.Kick();
    }

    /// <summary>Reads configuration.</summary>
    public void ReadConfig(uint offset, Span<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++) bytes[index] = (byte)config.Read(offset + (uint)index, 1);
        probes.Said(EventKind.RegisterRead, RegisterName.DeviceConfig, 0);
    }

    /// <summary>Writes configuration.</summary>
    public void WriteConfig(uint offset, ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++) config.Write(offset + (uint)index, 1, bytes[index]);
        probes.Said(EventKind.RegisterWrite, RegisterName.DeviceConfig, 0);
    }

    /// <summary>The device's own work, for ever. Idle = nothing to do until a message or a kick arrives.</summary>
    public IEnumerator<Pause> Run()
    {
        var turn = 0;
        while (true)
        {
            var queue = NextWithWork(ref turn);
            queue?.Step();
            yield return queue is null ? Pause.Idle : Pause.Step;
        }
    }

    private SplitQueue? NextWithWork(ref int turn)
    {
        if (!core.MayConsume()) return null;
        for (var index = 0; index < rings.Length; index++)
        {
            var ring = rings[turn];
            turn = turn + 1 == rings.Length ? 0 : turn + 1;
            if (ring is { IsStarted: true, IsEnabled: true } && ring.Queue.HasWork) return ring.Queue;
        }

        return null;
    }

    private void Run(Ring ring)
    {
        if (!ring.IsStarted || !ring.IsEnabled) return;
        probes.Said(EventKind.RegisterWrite, RegisterName.QueueEnable, 1, ring.Queue.Index);
        ring.Queue.GoLive();
    }

    /// <summary>What was said is the front end's address; what that is in the guest follows from the memory table.</summary>
    private void Say(RegisterName name, Ring ring, ulong address)
        => probes.Said(EventKind.RegisterWrite, name, address, ring.Queue.Index, space: AddressSpace.FrontEnd);

    private bool TryRing(uint queue, [NotNullWhen(true)] out Ring? ring, out string? problem)
    {
        ring = queue < rings.Length ? rings[queue] : null;
        problem = ring is null ? $"queue {queue} of {rings.Length}" : null;
        return ring is not null;
    }

    private sealed class Ring(SplitQueue queue)
    {
        public QueueSize? Size { get; set; }

        public SplitQueue Queue => queue;

        public QueueAddresses? Addresses { get; set; }

        public RingIndex Base { get; set; }

        public bool IsStarted { get; set; }

        public bool IsEnabled { get; set; }
    }

    /// <summary>Notifications are calls of an eventfd: they have no vector and no message.</summary>
    private sealed class Calls(Action<ushort> call, DeviceProbes probes, DeviceConduct conduct) : IDeviceInterrupts
    {
        public ushort VectorFor(ushort requested) => requested;

        public void Signal(ushort queue, ushort vector)
        {
            if (queue == EventRecord.None) return;
            var proper = BarrierKind.Proper(BarrierSite.S11, orderPlatform: false, exempt: false);
            probes.Interrupt(queue, vector: null, address: null, data: null, conduct.BarrierAt(BarrierSite.S11, proper, queue));
            call(queue);
        }

        public void Stray(ushort queue, ushort vector) => Signal(queue, vector);

        public void Clear()
        {
            // A call that was made cannot be taken back.
        }
    }
}

/// <summary>Where the areas of a queue lie.</summary>
/// <param name="Descriptors">The descriptor table.</param>
/// <param name="Available">The available ring.</param>
/// <param name="Used">The used ring.</param>
public readonly record struct QueueAddresses(ulong Descriptors, ulong Available, ulong Used);
