using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>Makes events of what a line says, and keeps account of the kinds of which there were any: the others were not traced.</summary>
internal sealed class QemuRecorder
{
    /// <summary>Windows that whoever imports declares have the numbers before.</summary>
    private const ushort FirstRegion = 0x4000;

    private readonly HashSet<(Actor Actor, EventKind Kind)> seen = [];
    private ImportedEvents events = new();
    private ushort nextRegion = FirstRegion;

    /// <summary>Every kind of event that QEMU's log can show.</summary>
    public static IReadOnlyList<string> Everything { get; } =
    [
        "device.capability", "device.doorbell", "device.interrupt", "device.register_read", "device.register_write", "device.status_presented",
        "platform.device_appeared", "platform.iommu_accessed", "platform.iommu_faulted", "platform.iommu_translated", "platform.message_received",
        "platform.message_sent", "platform.region_mapped", "platform.region_unmapped",
    ];

    /// <summary>The kinds of events that were made.</summary>
    public IReadOnlyList<string> Sees => [.. seen.Select(kind => NameOf(kind.Actor, kind.Kind)).Order(StringComparer.Ordinal)];

    /// <summary>Whether any line said when it was written.</summary>
    public bool HasTime { get; private set; }

    /// <summary>When the line was written.</summary>
    public long Time { get; private set; } = EventRecord.UnknownTime;

    /// <summary>A line begins.</summary>
    public void Begin(ImportedEvents target, long lineTime)
    {
        (events, Time) = (target, lineTime);
        HasTime |= lineTime != EventRecord.UnknownTime;
    }

    /// <summary>A virtio device was found.</summary>
    public void Appeared(ObservedFunction function)
        => Add(new EventRecord(EventKind.DeviceAppeared, Actor.Platform, 0, function.Device) { Value = function.Type }, function.Name);

    /// <summary>A register access, or the doorbell that it is.</summary>
    /// <param name="function">The device.</param>
    /// <param name="isWrite">Whether it was written.</param>
    /// <param name="register">What was accessed.</param>
    /// <param name="value">What was read or written; null if that was not traced.</param>
    public void Register(ObservedFunction function, bool isWrite, in ObservedRegister register, ulong? value)
    {
        var access = register.Access;
        if (register.IsDoorbell && isWrite)
        {
            // With NOTIFICATION_DATA more than the queue is written (virtio 1.3 §2.9); the low half is the queue in any case.
            Add(new EventRecord(EventKind.Doorbell, Actor.Device, 0, function.Device, unchecked((ushort)value.GetValueOrDefault()))
            {
                Value = value, Width = access.Width, RegisterOffset = access.Offset, AddressSpace = access.Space, Address = access.Address,
            });
            return;
        }

        Add(new EventRecord(isWrite ? EventKind.RegisterWrite : EventKind.RegisterRead, Actor.Device, 0, function.Device, access.Queue)
        {
            RegisterName = access.Name, RegisterOffset = access.Offset, Width = access.Width == 0 ? null : access.Width, Slot = access.Slot,
            FeatureWord = access.FeatureWord, AddressSpace = access.Space, Address = access.Address, Value = value,
        });
        if (isWrite && value is { } written) function.Written(access.Name, written);
    }

    /// <summary>A status that the driver wrote, in a log without registers.</summary>
    public void StatusSet(ObservedFunction function, ulong status)
        => Add(new EventRecord(EventKind.RegisterWrite, Actor.Device, 0, function.Device) { RegisterName = RegisterName.DeviceStatus, Value = status });

    /// <summary>A doorbell that is an eventfd, of which QEMU says nothing else.</summary>
    public void Doorbell(ObservedFunction function, ushort queue) => Add(new EventRecord(EventKind.Doorbell, Actor.Device, 0, function.Device, queue));

    /// <summary>An interrupt of a queue.</summary>
    public void Interrupt(ObservedFunction function, ushort queue) => Add(new EventRecord(EventKind.Interrupt, Actor.Device, 0, function.Device, queue));

    /// <summary>The device presents that status from here on.</summary>
    public void Presented(ObservedFunction function, ulong status)
        => Add(new EventRecord(EventKind.StatusPresented, Actor.Device, 0, function.Device) { Value = status });

    /// <summary>A structure that the device's configuration space shows.</summary>
    public void Capability(ObservedFunction function, ObservedCapability capability)
        => Add(new EventRecord(EventKind.Capability, Actor.Device, 0, function.Device)
        {
            Value = (ulong)capability.Type, Slot = capability.Bar, AddressSpace = AddressSpace.Bar, Address = capability.Offset,
            Length = capability.Length, RegisterOffset = (uint)capability.Place,
        });

    /// <summary>The bounce-buffer window lies there from here on; gives the region's number.</summary>
    public ushort WindowMapped(ObservedFunction function, byte bar, ulong start, ulong length)
    {
        var region = nextRegion;
        nextRegion = nextRegion == ushort.MaxValue ? FirstRegion : (ushort)(nextRegion + 1);
        Add(new EventRecord(EventKind.RegionMapped, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Bus, Address = start, Length = length, RegionId = region, RegionOrigin = RegionOrigin.Capability, Slot = bar,
        });
        return region;
    }

    /// <summary>It is there no longer.</summary>
    public void WindowUnmapped(ObservedFunction function, ushort region, ulong start, ulong length)
        => Add(new EventRecord(EventKind.RegionUnmapped, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Bus, Address = start, Length = length, RegionId = region,
        });

    /// <summary>A message of QEMU's vhost-user front end; the log does not say of which device.</summary>
    public void Message(EventKind kind, ulong request) => Add(new EventRecord(kind, Actor.Platform, 0) { Value = request });

    /// <summary>One access of the device that the IOMMU let pass; where on the bus is null if nothing says so.</summary>
    public void Accessed(ObservedFunction function, long time, ulong address, ulong? target)
        => AddAt(time, new EventRecord(EventKind.IommuAccessed, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Iova, Address = address, TargetSpace = target is null ? null : AddressSpace.Bus, Target = target,
        });

    /// <summary>A page of the IOMMU's mapping.</summary>
    public void Translated(ObservedFunction function, ulong address, ulong target, ulong? length)
        => Add(new EventRecord(EventKind.IommuTranslated, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Iova, Address = address, Length = length, TargetSpace = AddressSpace.Bus, Target = target,
        });

    /// <summary>An access that the IOMMU refused.</summary>
    public void Faulted(ObservedFunction function, ulong fault, ulong address, bool isWrite)
        => Add(new EventRecord(EventKind.IommuFaulted, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Iova, Address = address, Value = fault, Direction = isWrite ? Direction.FromDevice : Direction.ToDevice,
        });

    /// <summary>A remark about a queue.</summary>
    public void Remark(ObservedFunction function, ushort queue, ulong value, string text)
        => events.Add(new EventRecord(EventKind.Remark, Actor.Recorder, 0, function.Device, queue) { Value = value, Time = EventRecord.UnknownTime }, text);

    private void Add(EventRecord record, string? note = null) => AddAt(Time, record, note);

    private void AddAt(long time, EventRecord record, string? note = null)
    {
        record.Time = time;
        seen.Add((record.Actor, record.Kind));
        events.Add(in record, note);
    }

    private static string NameOf(Actor actor, EventKind kind) => $"{SnakeCase.Of(actor.ToString())}.{SnakeCase.Of(kind.ToString())}";
}
