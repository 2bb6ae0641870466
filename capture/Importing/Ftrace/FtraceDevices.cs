namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// The virtio devices of a trace, and what the kernel's objects say of whose a line is. Nothing is taken for certain that only
/// looks so: whose something is stays open where two answers are possible.
/// </summary>
internal sealed class FtraceDevices
{
    private const int MostDevices = 4096;
    private const int MostObjects = 1 << 16;

    private readonly List<FtraceDevice> all = [];
    private readonly Dictionary<ulong, FtraceDevice> byRegisters = [];
    private readonly Dictionary<ulong, FtraceDevice> byVirtioDevice = [];
    private readonly Dictionary<string, FtraceDevice> byDmaName = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, FtraceQueue> queues = [];

    /// <summary>
    /// The trace shows devices from their first reset on: the first thing that any driver did in it was to reset one. Then no
    /// device was there before of which nothing is known.
    /// </summary>
    public bool AreAllKnown { get; set; }

    /// <summary>Registers of devices are accessed in this trace: then a device is who is set up there, and what else names one must be found to be it.</summary>
    public bool AreSetUp { get; set; }

    /// <summary>Another device, or null if there are too many.</summary>
    public FtraceDevice? Add()
    {
        if (all.Count == MostDevices) return null;
        var device = new FtraceDevice((ushort)all.Count);
        all.Add(device);
        return device;
    }

    /// <summary>The device of these registers, null if it is not known.</summary>
    public FtraceDevice? OfRegisters(ulong registers) => byRegisters.GetValueOrDefault(registers);

    /// <summary>The device of these registers; a new one if there is none.</summary>
    public FtraceDevice? AtRegisters(ulong registers) => OfRegisters(registers) ?? Registered(registers, Add());

    /// <summary>These are the registers of that device.</summary>
    public FtraceDevice? Registered(ulong registers, FtraceDevice? device)
    {
        if (device is not null && byRegisters.Count < MostObjects) byRegisters[registers] = device;
        return device;
    }

    /// <summary>The device of this object, null if it is not known.</summary>
    public FtraceDevice? OfVirtioDevice(ulong? pointer) => pointer is { } known ? byVirtioDevice.GetValueOrDefault(known) : null;

    /// <summary>This is the kernel's object for that device.</summary>
    public void VirtioDeviceIs(ulong pointer, FtraceDevice device)
    {
        if (byVirtioDevice.Count < MostObjects) byVirtioDevice[pointer] = device;
    }

    /// <summary>The queue of this object; a new one if there is none, null if there are too many.</summary>
    public FtraceQueue? Queue(ulong pointer)
    {
        if (queues.TryGetValue(pointer, out var known)) return known;
        return queues.Count == MostObjects ? null : queues[pointer] = new FtraceQueue();
    }

    /// <summary>A queue is made: what was known of an object at that place is over.</summary>
    public void QueueIs(ulong pointer, ulong? virtioDevice, ushort? number)
    {
        if (queues.Count == MostObjects && !queues.ContainsKey(pointer)) return;
        queues[pointer] = new FtraceQueue { VirtioDevice = virtioDevice, Number = number };
    }

    /// <summary>Whose a queue is, null if that is not known.</summary>
    public FtraceDevice? OwnerOf(FtraceQueue? queue) => queue is null ? null : OfVirtioDevice(queue.VirtioDevice) ?? queue.Device;

    /// <summary>The same; where the trace has no registers, a device that was not there yet.</summary>
    public FtraceDevice? OwnerOrNew(FtraceQueue? queue)
    {
        if (OwnerOf(queue) is { } known) return known;
        if (AreSetUp || queue is not { VirtioDevice: { } pointer } || Add() is not { } added) return null;
        VirtioDeviceIs(pointer, added);
        return added;
    }

    /// <summary>A queue's number: as lines said, or the only one that the device has.</summary>
    public ushort? NumberOf(FtraceQueue? queue) => queue?.Number ?? OwnerOf(queue)?.OnlyQueue;

    /// <summary>The device that memory is mapped for under this name, null if it is not known.</summary>
    public FtraceDevice? OfDmaName(string? name) => name is null ? null : byDmaName.GetValueOrDefault(name);

    /// <summary>Memory is mapped for that device under this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="device">The device.</param>
    /// <param name="isCertain">Lines say so; otherwise it follows from there being no other.</param>
    /// <returns>Whether that is news.</returns>
    public bool DmaNameIs(string name, FtraceDevice device, bool isCertain)
    {
        if (byDmaName.TryGetValue(name, out var before))
        {
            if (before == device || before.IsNameCertain || !isCertain) return false;
            before.DmaName = null;
        }
        else if (byDmaName.Count == MostObjects)
        {
            return false;
        }

        if (device.DmaName is { } old) byDmaName.Remove(old);
        byDmaName[name] = device;
        (device.DmaName, device.IsNameCertain) = (name, isCertain);
        return true;
    }

    /// <summary>The one device that memory can be mapped for under a name that is not known yet; null if there are several, or none.</summary>
    public FtraceDevice? OnlyUnnamed()
    {
        if (!AreAllKnown) return null;
        FtraceDevice? found = null;
        foreach (var device in all)
        {
            if (device is not { DmaName: null, IsMappedFor: true, HasQueues: true }) continue;
            if (found is not null) return null;
            found = device;
        }

        return found;
    }
}
