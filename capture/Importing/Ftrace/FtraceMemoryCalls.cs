using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// Memory that is mapped for DMA: the probed functions of kernel/dma/mapping.c, and the kernel's own events (Linux 6.12,
/// include/trace/events/dma.h and swiotlb.h). Only what is mapped for a virtio device gives events.
/// </summary>
internal sealed class FtraceMemoryCalls(FtraceRun run)
{
    private const int MostEntries = 128;
    private const ulong BytesOfDescriptor = 16;

    /// <summary>What a driver gets instead of an address when mapping fails: DMA_MAPPING_ERROR.</summary>
    private const ulong Failed = ulong.MaxValue;

    /// <summary>Below that, what a function returns is no address: later kernels return an error code there.</summary>
    private const ulong LowestAddress = 4096;

    private static readonly string[] nameArgument = ["dev", "dev_name", "device"];
    private static readonly string[] addressArgument = ["dma", "dma_addr", "addr", "handle", "ret", "retval", "arg1"];
    private static readonly string[] lengthArgument = ["size", "len", "length"];
    private static readonly string[] directionArgument = ["dir", "direction"];

    private readonly FtraceMappings mappings = new();
    private uint nextId = 1;

    /// <summary>Lines tell when adding buffers to a queue is over, so that what is nested in it is known.</summary>
    public bool SeesEndOfAdding { get; set; }

    /// <summary>Whether this is a function that deals with mappings.</summary>
    public static bool Knows(FtraceCall call) => call is >= FtraceCall.MapDma and <= FtraceCall.FreeDma;

    /// <summary>Linux' enum dma_data_direction.</summary>
    public static Direction? DirectionOf(ulong? number) => number switch
    {
        0 => Direction.Bidirectional,
        1 => Direction.ToDevice,
        2 => Direction.FromDevice,
        _ => null,
    };

    /// <summary>Takes a probe's line.</summary>
    public FtraceOutcome Take(FtraceThread thread, FtraceCall call, FtraceProbe probe)
    {
        var arguments = probe.Arguments;
        switch (call)
        {
            case FtraceCall.MapDma or FtraceCall.AllocateDma when !probe.IsReturn:
                Enter(thread, call, arguments);
                return FtraceOutcome.Taken;
            case FtraceCall.MapDma:
                return Mapped(thread, probe);
            case FtraceCall.AllocateDma:
                return Allocated(thread, probe);
            case FtraceCall.UnmapDma or FtraceCall.FreeDma when !probe.IsReturn:
                thread.JustUnmapped = arguments.Number(addressArgument);
                return thread.JustUnmapped is { } address
                    ? Unmapped(thread, NameOf(arguments), address, arguments.Number(lengthArgument), DirectionOf(arguments.Number(directionArgument)))
                    : FtraceOutcome.Misshapen;
            default:
                return FtraceOutcome.Taken;
        }
    }

    /// <summary>Takes a line of one of the kernel's own events.</summary>
    public FtraceOutcome Take(FtraceThread thread, FtraceEvent kind, ReadOnlySpan<byte> text)
    {
        if (kind == FtraceEvent.Bounced) return Bounced(thread, text);
        var space = text.IndexOf((byte)' ');
        if (space < 1) return FtraceOutcome.Misshapen;
        var name = Encoding.Latin1.GetString(text[..space]);
        var arguments = new FtraceArguments(text[(space + 1)..]);
        if (kind == FtraceEvent.ListMapped) return ListMapped(thread, name, arguments);
        if (arguments.Hexadecimal("dma_addr") is not { } address) return FtraceOutcome.Misshapen;
        var length = arguments.Number("size");
        var direction = DirectionOf(arguments);
        // The function and the kernel's own event in it are one.
        if (kind == FtraceEvent.Unmapped) return thread.JustUnmapped == address ? FtraceOutcome.Taken : Unmapped(thread, name, address, length, direction);

        var isRing = kind == FtraceEvent.Allocated;
        var open = thread.Inside(isRing ? FtraceCall.AllocateDma : FtraceCall.MapDma);
        if (open is not null) open.IsTold = true;
        if (isRing && address == 0) return FtraceOutcome.Taken;
        var call = open ?? new FtraceOpenCall(FtraceCall.MapDma);
        if (open is null) Announced(thread, call);
        (call.DmaName, call.Length, call.Direction) = (name, length, direction);
        call.Original = arguments.Hexadecimal("phys_addr") ?? call.Original;
        if (isRing) return RingAllocated(thread, call, address, IsSettingUp(thread, default));
        return Mapped(thread, call, address, Buffer(call.IsBuffer, thread));
    }

    /// <summary>A buffer of a device for which nothing is mapped: what the ring code gives the device is the processor's physical address.</summary>
    public bool PassedUnmapped(FtraceThread thread, FtraceOpenCall call, ulong address)
    {
        if (address < LowestAddress || address == Failed) return true;
        var queue = call.QueueObject is { } pointer ? run.Devices.Queue(pointer) : null;
        run.Coverage.Told(FtraceCall.MapDma);
        var record = FtraceRun.Record(EventKind.Map, thread, run.Devices.OwnerOrNew(queue), run.Devices.NumberOf(queue));
        (record.Part, record.AddressSpace, record.Address) = (Part.Payload, AddressSpace.Bus, address);
        (record.Length, record.Direction) = (call.Length, call.Direction);
        run.Add(thread, record);
        return true;
    }

    private static string? NameOf(FtraceArguments arguments)
        => arguments.TryText(nameArgument, out var name) && !name.IsEmpty && !name.StartsWith("("u8) ? Encoding.Latin1.GetString(name) : null;

    private static Direction? DirectionOf(FtraceArguments arguments)
    {
        if (!arguments.TryText(directionArgument, out var name)) return null;
        if (name.SequenceEqual("TO_DEVICE"u8)) return Direction.ToDevice;
        if (name.SequenceEqual("FROM_DEVICE"u8)) return Direction.FromDevice;
        return name.SequenceEqual("BIDIRECTIONAL"u8) ? Direction.Bidirectional : null;
    }

    /// <summary>The ring code's functions, by module or by symbol where it is built in.</summary>
    private static bool IsRingCode(ReadOnlySpan<byte> caller)
        => caller.EndsWith("[virtio_ring]"u8) || caller.StartsWith("virtqueue_"u8) || caller.StartsWith("vring_"u8);

    /// <summary>Whether ring memory is being allocated: by the ring code, in the conversation that sets the device up.</summary>
    private static bool IsSettingUp(FtraceThread thread, ReadOnlySpan<byte> caller)
        => IsRingCode(caller) || thread.Inside(FtraceCall.CreateQueue) is not null;

    /// <summary>What says whose ring memory is: the queue that is being made, else the conversation.</summary>
    private FtraceDevice? SetUp(FtraceThread thread)
        => run.Devices.OfVirtioDevice(thread.Inside(FtraceCall.CreateQueue)?.VirtioDevice) ?? thread.Conversation?.Device;

    private static void Enter(FtraceThread thread, FtraceCall call, FtraceArguments arguments)
    {
        var entered = thread.Enter(call);
        (entered.DmaName, entered.Length) = (NameOf(arguments), arguments.Number(lengthArgument));
        (entered.Direction, entered.Original) = (DirectionOf(arguments.Number(directionArgument)), arguments.Number("phys", "phys_addr"));
        Announced(thread, entered);
    }

    /// <summary>The line before may have said that this is a buffer, and of which queue; then that call tells nothing more.</summary>
    private static void Announced(FtraceThread thread, FtraceOpenCall call)
    {
        if (!thread.IsBufferAnnounced || thread.Inside(FtraceCall.MapBuffer) is not { } around) return;
        (call.IsBuffer, call.QueueObject) = (true, around.QueueObject);
        around.IsTold = true;
    }

    private static FtraceOutcome Bounced(FtraceThread thread, ReadOnlySpan<byte> text)
    {
        const string label = "dev_name: ";
        var arguments = new FtraceArguments(text);
        if (!text.StartsWith("dev_name: "u8) || arguments.Hexadecimal("dev_addr") is not { } original) return FtraceOutcome.Misshapen;
        // It tells the original; where it was copied to, the function around it returns.
        if (thread.Inside(FtraceCall.MapDma) is not { } open) return FtraceOutcome.Taken;
        var name = text[label.Length..];
        var end = name.IndexOf((byte)' ');
        open.Original = original;
        open.DmaName ??= Encoding.Latin1.GetString(end < 0 ? name : name[..end]);
        return FtraceOutcome.Taken;
    }

    private FtraceOutcome Mapped(FtraceThread thread, FtraceProbe probe)
    {
        var left = thread.Leave(FtraceCall.MapDma);
        if (probe.Arguments.Number(addressArgument) is not { } address) return FtraceOutcome.Misshapen;
        // A line about the entry that is missing would have said how long it is and whose.
        if (left is null || left.IsTold) return left is null ? FtraceOutcome.Unpaired : FtraceOutcome.Taken;
        var isAdded = left.IsBuffer || probe.Caller.StartsWith("virtqueue_add"u8) || IsAdding(thread);
        var part = Buffer(isAdded, thread);
        if (!left.IsBuffer && isAdded && run.Coverage.HasTold(FtraceCall.MapBuffer) && left.Length % BytesOfDescriptor == 0)
        {
            // All buffers go through one function, and what is mapped besides is the table that holds them.
            part = Part.IndirectTable;
        }

        return Mapped(thread, left, address, part, isAdded || IsRingCode(probe.Caller));
    }

    private bool IsAdding(FtraceThread thread) => SeesEndOfAdding && thread.Inside(FtraceCall.AddBuffers) is not null;

    /// <summary>What is mapped while buffers are added is one of them. Anything else a driver may pass in part, or not at all.</summary>
    private Part Buffer(bool isAdded, FtraceThread thread) => isAdded || IsAdding(thread) ? Part.Payload : Part.Unknown;

    private FtraceOutcome Mapped(FtraceThread thread, FtraceOpenCall call, ulong address, Part part, bool isVirtio = false)
    {
        if (address == Failed) return FtraceOutcome.Taken;
        isVirtio |= part != Part.Unknown;
        var queue = QueueOf(thread, call);
        var device = OwnerOf(thread, call.DmaName, queue, isVirtio);
        if (device is null && !isVirtio) return FtraceOutcome.Elsewhere;
        if (isVirtio) run.Begin(withReset: false);
        if (device is not null && thread.QueueJustEntered is { } entered) run.Devices.Queue(entered)?.IsSeenWith(device);
        var number = part == Part.Unknown ? null : queue is null ? device?.OnlyQueue : run.Devices.NumberOf(queue);
        run.Coverage.Told(FtraceCall.MapDma);
        var record = FtraceRun.Record(EventKind.Map, thread, device, number);
        (record.Part, record.AddressSpace, record.Address) = (part, AddressSpace.Bus, address);
        (record.Length, record.Direction, record.MappingId) = (call.Length, call.Direction, nextId);
        if (call.Original is { } original) (record.TargetSpace, record.Target) = (AddressSpace.Cpu, original);
        run.Add(thread, record);
        Lasts(address, new FtraceMapping(nextId, call.DmaName, call.Length, device, number, part));
        return FtraceOutcome.Taken;
    }

    private void Lasts(ulong address, FtraceMapping mapping)
    {
        mappings.Add(address, mapping);
        nextId = unchecked(nextId + 1);
    }

    /// <summary>The queue whose buffers are being mapped, if lines say so for certain.</summary>
    private FtraceQueue? QueueOf(FtraceThread thread, FtraceOpenCall call)
    {
        var pointer = call.QueueObject ?? (IsAdding(thread) ? thread.Inside(FtraceCall.AddBuffers)?.QueueObject : null);
        return pointer is { } known ? run.Devices.Queue(known) : null;
    }

    /// <summary>Whose a mapping is: the queue's device, the name's, or the only one that it can be.</summary>
    private FtraceDevice? OwnerOf(FtraceThread thread, string? name, FtraceQueue? queue, bool isVirtio)
    {
        var known = run.Devices.OwnerOrNew(queue);
        if (known is not null)
        {
            if (name is not null) run.Named(name, known, isCertain: true);
            return known;
        }

        known = run.Devices.OfDmaName(name) ?? Guessed(thread, name, isVirtio);
        if (known is not null && queue is { VirtioDevice: { } pointer } && known.IsNameCertain) run.Devices.VirtioDeviceIs(pointer, known);
        return known;
    }

    private FtraceDevice? Guessed(FtraceThread thread, string? name, bool isVirtio)
    {
        if (name is null || !isVirtio) return null;
        if (!run.Devices.AreSetUp && run.Devices.Add() is { } added)
        {
            run.Named(name, added, isCertain: true);
            return added;
        }

        // A driver that adds buffers from the function that probes its device adds them to that device.
        var probed = thread.Conversation is { IsProbing: true, Device: { DmaName: null, IsMappedFor: true } device } ? device : null;
        var only = probed ?? run.Devices.OnlyUnnamed();
        if (only is not null) run.Named(name, only, isCertain: false);
        return only;
    }

    private FtraceOutcome Allocated(FtraceThread thread, FtraceProbe probe)
    {
        var left = thread.Leave(FtraceCall.AllocateDma);
        if (left is null) return FtraceOutcome.Unpaired;
        if (left.IsTold || probe.Arguments.Number("va", "ret", "retval", "arg1") == 0) return FtraceOutcome.Taken;
        return RingAllocated(thread, left, null, IsSettingUp(thread, probe.Caller));
    }

    /// <summary>Ring memory of the device that this thread is setting up. Probes show what the processor calls it, not where the device finds it.</summary>
    private FtraceOutcome RingAllocated(FtraceThread thread, FtraceOpenCall call, ulong? address, bool isRing)
    {
        var device = run.Devices.OfDmaName(call.DmaName);
        if (isRing && SetUp(thread) is { } owner)
        {
            if (call.DmaName is { } name) run.Named(name, owner, isCertain: true);
            device = owner;
        }
        else if (device is null && thread.Conversation is { IsSettingUp: true, Device: { } prepared })
        {
            // The line does not say for whom. If it is ring memory, the address that a queue is given next says so.
            device = prepared;
            isRing = true;
            if (call.DmaName is { } mapped && address is { } allocated) thread.Remember(mapped, allocated);
        }

        if (device is null) return FtraceOutcome.Elsewhere;
        var queue = isRing ? thread.Inside(FtraceCall.CreateQueue)?.Queue : null;
        var part = isRing ? Part.DescriptorArea : Part.Unknown;
        run.Coverage.Told(FtraceCall.MapDma);
        var record = FtraceRun.Record(EventKind.Map, thread, device, queue);
        (record.Part, record.Length, record.MappingId) = (part, call.Length, nextId);
        if (address is { } place) (record.AddressSpace, record.Address) = (AddressSpace.Bus, place);
        record.Direction = Direction.Bidirectional;
        run.Add(thread, record);
        if (address is { } known) Lasts(known, new FtraceMapping(nextId, call.DmaName, call.Length, device, queue, part));
        else nextId = unchecked(nextId + 1);
        return FtraceOutcome.Taken;
    }

    private FtraceOutcome ListMapped(FtraceThread thread, string name, FtraceArguments arguments)
    {
        if (run.Devices.OfDmaName(name) is null) return FtraceOutcome.Elsewhere;
        Span<ulong> addresses = stackalloc ulong[MostEntries];
        Span<ulong> lengths = stackalloc ulong[MostEntries];
        Span<ulong> originals = stackalloc ulong[MostEntries];
        var count = arguments.Numbers("dma_addrs", addresses);
        if (count == 0 || arguments.Numbers("sizes", lengths) < count) return FtraceOutcome.Misshapen;
        // Entries that were merged have fewer addresses than originals.
        var areOriginals = arguments.Numbers("phys_addrs", originals) == count;
        for (var index = 0; index < count; index++)
        {
            var call = new FtraceOpenCall(FtraceCall.MapDma) { DmaName = name, Length = lengths[index], Direction = DirectionOf(arguments) };
            if (areOriginals) call.Original = originals[index];
            Mapped(thread, call, addresses[index], Part.Unknown);
        }

        return FtraceOutcome.Taken;
    }

    private FtraceOutcome Unmapped(FtraceThread thread, string? name, ulong address, ulong? length, Direction? direction)
    {
        var mapping = mappings.Remove(address, length, name);
        var device = mapping is not null ? mapping.Device : run.Devices.OfDmaName(name);
        if (mapping is null && device is null) return FtraceOutcome.Elsewhere;
        run.Coverage.Told(FtraceCall.UnmapDma);
        var record = FtraceRun.Record(EventKind.Unmap, thread, device, mapping?.Queue);
        (record.Part, record.AddressSpace, record.Address) = (mapping?.Part, AddressSpace.Bus, address);
        (record.Length, record.Direction, record.MappingId) = (length, direction, mapping?.Id);
        run.Add(thread, record);
        return FtraceOutcome.Taken;
    }
}
