using Tracing.Schemas;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>Makes snapshot events of a device's state: each register as whoever wrote or read it last would have recorded it.</summary>
internal sealed class QmpSnapshot(ImportedEvents events, ushort number, QmpDevice device)
{
    private const int WordsOfNarrow = 2;
    private const int WordsOfWide = 4;

    /// <summary>NEEDS_RESET is the device's to set, and no driver's to write (virtio 1.3 §2.1).</summary>
    private const byte NeedsReset = 64;

    private const string Appeared = "device_appeared";
    private const string Read = "register_read";
    private const string Written = "register_write";
    private const string Presented = "status_presented";
    private const string Stored = "store";
    private const string DeviceWrote = "dma_write";

    /// <summary>Adds the events.</summary>
    public void Tell()
    {
        events.Add(new EventRecord(EventKind.Remark, Actor.Recorder, thread: 0, number), $"{device.Name ?? "unnamed"} at {device.Path}");
        Add(new EventRecord { Value = device.Type }, Appeared);
        if (device.HasStatus) TellNegotiation();
        foreach (var (queue, told) in device.Queues) TellQueue(queue, told);
        foreach (var element in device.Elements) TellElement(element);
    }

    private void TellNegotiation()
    {
        var hidden = device.IsLegacy == true ? UInt128.Zero : QmpFeatures.LegacyOnly(device.Type);
        TellFeatures(device.Host is { } host ? host with { Bits = host.Bits & ~hidden } : null, RegisterName.DeviceFeature, Read);
        TellFeatures(device.Guest, RegisterName.DriverFeature, Written);
        if (device.Status is not { } status) return;
        if (status != 0) Add(new EventRecord { RegisterName = RegisterName.DeviceStatus, Value = status & ~(ulong)NeedsReset }, Written);
        Add(new EventRecord { Value = status }, Presented);
    }

    private void TellFeatures(QmpFeatures? told, RegisterName register, string note)
    {
        if (told is not { } features) return;
        var words = device.IsLegacy == true ? 1 : features.IsWide ? WordsOfWide : WordsOfNarrow;
        for (var word = 0; word < words; word++)
            Add(new EventRecord { RegisterName = register, FeatureWord = (byte)word, Value = features.Word(word) }, note);
    }

    /// <summary>QEMU has a queue's addresses only while the queue is enabled: a reset, of the device or the queue, makes them 0.</summary>
    private void TellQueue(ushort queue, QmpQueue told)
    {
        AddRegister(queue, RegisterName.QueueSize, told.DefaultSize, Read);
        if (told.Size != told.DefaultSize) AddRegister(queue, RegisterName.QueueSize, told.Size, Written);
        if (told.Descriptors is not { } descriptors || descriptors == 0) return;
        if (device.IsLegacy == false)
        {
            AddRegister(queue, RegisterName.QueueDesc, descriptors, Written);
            AddRegister(queue, RegisterName.QueueDriver, told.Available, Written);
            AddRegister(queue, RegisterName.QueueDevice, told.Used, Written);
            AddRegister(queue, RegisterName.QueueEnable, 1, Written);
        }
        else if (device.IsLegacy == true && descriptors % 4096 == 0)
        {
            AddRegister(queue, RegisterName.QueuePageFrame, descriptors >> 12, Written);
        }
        else
        {
            events.Add(
                new EventRecord(EventKind.Remark, Actor.Recorder, thread: 0, number, queue),
                "the queue has addresses, and nothing says by which interface it got them: they are left out");
        }
    }

    private void AddRegister(ushort queue, RegisterName register, ulong? value, string note)
    {
        if (value is not null) Add(new EventRecord { RegisterName = register, Value = value }, note, queue);
    }

    private void TellElement(QmpElement element)
    {
        var queue = element.Queue ?? (device.QueueCount == 1 ? (ushort)0 : EventRecord.None);
        var told = device.Queues.FirstOrDefault(one => one.Key == queue).Value;
        if (element.AvailableIndex is { } available) Add(InRing(Part.AvailableIndex, told?.Available, 2, 2) with { Value = available }, Stored, queue);
        if (element.UsedIndex is { } used) Add(InRing(Part.UsedIndex, told?.Used, 2, 2) with { Value = used }, DeviceWrote, queue);
        if (element.Head is not { } head) return;
        if (element.Index is { } index && told?.Size is > 0 and <= 32768 and var size)
        {
            var slot = (ushort)(index % size);
            Add(InRing(Part.AvailableEntry, told.Available, 4 + (2u * slot), 2) with { Slot = slot, Value = head }, Stored, queue);
        }

        for (var place = 0; place < element.Descriptors.Count; place++) TellDescriptor(queue, head, place, element.Descriptors[place]);
    }

    /// <summary>
    /// QEMU shows an indirect table's entries in the place of the descriptor that refers to it, and no entry's number or next:
    /// which table it is, is known only where there are no such tables.
    /// </summary>
    private void TellDescriptor(ushort queue, ushort head, int place, QmpDescriptor told)
    {
        var isDirect = device.Guest?.Bits is { } accepted && (accepted >> 28 & 1) == 0;
        Add(
            new EventRecord
            {
                Part = isDirect ? Part.Descriptor : null, Slot = isDirect && place == 0 ? head : null, Head = head,
                TargetSpace = told.Address is null ? null : AddressSpace.Bus, Target = told.Address, Size = told.Length, Flags = told.Flags,
            },
            Stored,
            queue);
    }

    private static EventRecord InRing(Part part, ulong? ring, uint offset, ulong length) => ring is { } first and not 0 && first <= ulong.MaxValue - offset
        ? new EventRecord { Part = part, AddressSpace = AddressSpace.Bus, Address = first + offset, Length = length }
        : new EventRecord { Part = part };

    private void Add(EventRecord what, string note, ushort queue = EventRecord.None)
    {
        what.Kind = EventKind.Snapshot;
        what.Actor = Actor.Recorder;
        what.Time = EventRecord.UnknownTime;
        (what.Device, what.Queue) = (number, queue);
        events.Add(in what, note);
    }
}
