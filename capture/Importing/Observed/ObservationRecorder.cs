using Tracing.Schemas;

namespace Tracing.Capture.Importing.Observed;

/// <summary>Makes events of what a line says, and keeps account of the kinds of which there were any: the others were not traced.</summary>
/// <param name="side">Whose accesses to registers the recording shows.</param>
internal sealed class ObservationRecorder(Actor side)
{
    /// <summary>Windows that whoever imports declares have the numbers before.</summary>
    private const ushort FirstRegion = 0x4000;

    private readonly HashSet<(Actor Actor, EventKind Kind)> seen = [];
    private ImportedEvents events = new();
    private ushort nextRegion = FirstRegion;

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
        Settle(function);
        var access = register.Access;
        if (register.IsDoorbell && isWrite)
        {
            // With NOTIFICATION_DATA more than the queue is written (virtio 1.3 §2.9); the low half is the queue in any case.
            Add(new EventRecord(EventKind.Doorbell, side, 0, function.Device, unchecked((ushort)value.GetValueOrDefault()))
            {
                Value = value, Width = access.Width, RegisterOffset = access.Offset, AddressSpace = access.Space, Address = access.Address,
            });
            return;
        }

        Add(new EventRecord(isWrite ? EventKind.RegisterWrite : EventKind.RegisterRead, side, 0, function.Device, access.Queue)
        {
            RegisterName = access.Name, RegisterOffset = access.Offset, Width = access.Width == 0 ? null : access.Width, Slot = access.Slot,
            FeatureWord = access.FeatureWord, AddressSpace = access.Space, Address = access.Address, Value = value,
        });
        if (value is not { } known) return;
        if (isWrite) function.Written(access.Name, known);
        function.Queues.Accessed(isWrite, access, known);
    }

    /// <summary>The driver stores to a queue's memory, or loads from it.</summary>
    public void Access(ObservedFunction function, ObservedQueue queue, bool isStore, EventRecord fields)
        => Add(fields with { Kind = isStore ? EventKind.Store : EventKind.Load, Actor = side, Device = function.Device, Queue = queue.Number });

    /// <summary>A status that the driver wrote, by whatever register.</summary>
    public void StatusSet(ObservedFunction function, ulong status)
    {
        Settle(function);
        Add(new EventRecord(EventKind.RegisterWrite, side, 0, function.Device) { RegisterName = RegisterName.DeviceStatus, Value = status });
        function.Written(RegisterName.DeviceStatus, status);
    }

    /// <summary>A doorbell of which nothing but itself is known.</summary>
    public void Doorbell(ObservedFunction function, ushort queue) => Add(new EventRecord(EventKind.Doorbell, side, 0, function.Device, queue));

    /// <summary>An interrupt of a queue.</summary>
    public void Interrupt(ObservedFunction function, ushort queue) => Add(new EventRecord(EventKind.Interrupt, side, 0, function.Device, queue));

    /// <summary>
    /// Whoever goes to the registers has been through the capabilities. They are told of when all of them are known, since
    /// whoever tells of some says that there are no others.
    /// </summary>
    public void ShowCapabilities(ObservedFunction function)
    {
        if (function.HasToldCapabilities || !function.Config.IsWholeListKnown()) return;
        function.HasToldCapabilities = true;
        foreach (var capability in function.Config.Capabilities()) Capability(function, capability);
        ShowWindow(function);
    }

    /// <summary>Tells of the bounce-buffer window, if one lies in a BAR that is placed, and it was not told of before.</summary>
    public void ShowWindow(ObservedFunction function)
    {
        if (!function.HasToldCapabilities) return;
        var window = function.Config.Window();
        if (function.Window is { } old && old.Start == window?.Start && old.Length == window?.Length) return;
        if (function.Window is not null) HideWindow(function);
        if (window is not var (bar, start, length)) return;
        var region = nextRegion;
        nextRegion = nextRegion == ushort.MaxValue ? FirstRegion : (ushort)(nextRegion + 1);
        function.Window = (region, start, length);
        Add(new EventRecord(EventKind.RegionMapped, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Bus, Address = start, Length = length, RegionId = region, RegionOrigin = RegionOrigin.Capability, Slot = bar,
        });
    }

    /// <summary>The window is where it was no longer.</summary>
    public void HideWindow(ObservedFunction function)
    {
        if (function.Window is not var (region, start, length)) return;
        function.Window = null;
        Add(new EventRecord(EventKind.RegionUnmapped, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Bus, Address = start, Length = length, RegionId = region,
        });
    }

    /// <summary>A message of a vhost-user front end; nothing says of which device.</summary>
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

    /// <summary>A structure that the device's configuration space shows.</summary>
    private void Capability(ObservedFunction function, ObservedCapability capability)
        => Add(new EventRecord(EventKind.Capability, side, 0, function.Device)
        {
            Value = (ulong)capability.Type, Slot = capability.Bar, AddressSpace = AddressSpace.Bar, Address = capability.Offset,
            Length = capability.Length, RegisterOffset = (uint)capability.Place,
        });

    /// <summary>
    /// A device that was reset has done with it by the time it answers again. While the write is executed it may still finish
    /// what it was about: QEMU waits for its disk then, gives chains back, and interrupts.
    /// </summary>
    private void Settle(ObservedFunction function)
    {
        if (!function.IsBeingReset) return;
        function.IsBeingReset = false;
        if (side == Actor.Device) Add(new EventRecord(EventKind.StatusPresented, side, 0, function.Device) { Value = 0 });
    }

    private void Add(EventRecord record, string? note = null) => AddAt(Time, record, note);

    private void AddAt(long time, EventRecord record, string? note = null)
    {
        record.Time = time;
        seen.Add((record.Actor, record.Kind));
        events.Add(in record, note);
    }

    private static string NameOf(Actor actor, EventKind kind) => $"{SnakeCase.Of(actor.ToString())}.{SnakeCase.Of(kind.ToString())}";
}
