using Tracing.Schemas;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>Everything that the device says, register file included. Without a sink each costs a branch.</summary>
/// <remarks>Thread 0 executes register accesses; thread 1 + q serves queue q.</remarks>
internal sealed class DeviceProbes(IEventSink? sink, ushort device)
{
    private const ushort None = EventRecord.None;

    public static ushort ThreadOf(ushort queue) => queue == None ? (ushort)0 : (ushort)(queue + 1);

    public void ThreadStarted(ushort thread, string name)
        => sink?.Write(new EventRecord(EventKind.ThreadStarted, Actor.Device, thread, device), name);

    public void Capability(VirtioCapability capability, int place)
        => sink?.Write(Event(EventKind.Capability, None) with
        {
            Value = (ulong)capability.Type, Slot = capability.Bar, AddressSpace = AddressSpace.Bar,
            Address = capability.Offset, Length = capability.Length, RegisterOffset = (uint)place,
        });

    public void RegisterRead(in RegisterAccess access, ulong value) => Register(EventKind.RegisterRead, access, value);

    public void RegisterWrite(in RegisterAccess access, ulong value) => Register(EventKind.RegisterWrite, access, value);

    /// <summary>What a message of a conversation says in the words of registers; where an address is another space's, which.</summary>
    public void Said(
        EventKind kind, RegisterName name, ulong value, ushort queue = None, byte? featureWord = null, AddressSpace? space = null)
        => sink?.Write(new EventRecord(kind, Actor.Device, 0, device, queue)
        {
            RegisterName = name, Value = value, FeatureWord = featureWord, TargetSpace = space,
        });

    /// <summary>A message of a conversation.</summary>
    public void Message(EventKind kind, uint request, uint bytes, string name)
        => sink?.Write(new EventRecord(kind, Actor.Device, 0, device) { Value = request, Size = bytes }, name);

    /// <summary>An available buffer notification that carries nothing but itself.</summary>
    public void Doorbell(ushort queue) => sink?.Write(new EventRecord(EventKind.Doorbell, Actor.Device, 0, device, queue));

    public void StatusPresented(DeviceStatus status)
        => sink?.Write(Event(EventKind.StatusPresented, None) with { Value = (ulong)status });

    public void Doorbell(ushort queue, in RegisterAccess access, ulong value)
        => sink?.Write(new EventRecord(EventKind.Doorbell, Actor.Device, 0, device, queue)
        {
            Value = value, Width = access.Width, RegisterOffset = access.Offset,
            AddressSpace = access.Space, Address = access.Address,
        });

    /// <summary>Vector null = INTx; queue None = configuration change. Ordering null = nothing orders the message.</summary>
    public void Interrupt(ushort queue, ushort? vector, ulong? address, uint? data, BarrierKind? ordering)
    {
        if (sink is null) return;
        var record = Event(EventKind.Interrupt, queue);
        record.Slot = vector;
        record.Value = data;
        record.Address = address;
        if (address is not null) record.AddressSpace = AddressSpace.Bus;
        if (ordering is { } kind) record.SetOrdering(kind.Ordering, kind.Domain);
        sink.Write(record);
    }

    public void Error(ushort queue, string note, ushort? head, ulong? value)
        => sink?.Write(Event(EventKind.DeviceError, queue) with { Head = head, Value = value }, note);

    public void Barrier(ushort queue, BarrierSite site, BarrierKind kind)
    {
        if (sink is null) return;
        var record = Event(EventKind.Barrier, queue);
        record.SetOrdering(kind.Ordering, kind.Domain);
        sink.Write(record, BarrierKind.NoteOf(site));
    }

    /// <summary>A 16-bit word of a ring: indices, flags, event words, available entries.</summary>
    public void Word(EventKind kind, ushort queue, Part part, ulong address, ushort value, ushort? slot = null)
    {
        if (sink is null) return;
        sink.Write(Access(kind, queue, part, address, 2) with { Value = value, Slot = slot });
    }

    public void Descriptor(ushort queue, Part part, ushort slot, ulong address, in Descriptor content, ushort head)
    {
        if (sink is null) return;
        var record = Access(EventKind.DmaRead, queue, part, address, Virtqueue.Descriptor.SizeInBytes);
        record.Slot = slot;
        record.Head = head;
        record.TargetSpace = AddressSpace.Bus;
        record.Target = content.Address;
        record.Size = content.Length;
        record.Flags = (ushort)content.Flags;
        record.NextSlot = content.Next;
        sink.Write(record);
    }

    /// <summary>A used entry or, where the other half is null, half of it.</summary>
    public void UsedEntry(ushort queue, ushort slot, ulong address, ulong bytes, uint? id, uint? length)
    {
        if (sink is null) return;
        var record = Access(EventKind.DmaWrite, queue, Part.UsedEntry, address, bytes);
        record.Slot = slot;
        record.Value = id;
        record.Size = length;
        sink.Write(record);
    }

    /// <summary>Any other range: payload as a rule.</summary>
    public void Range(EventKind kind, ushort queue, Part part, ulong address, ulong length, ushort? head, ushort? slot = null)
    {
        if (sink is null) return;
        sink.Write(Access(kind, queue, part, address, length) with { Head = head, Slot = slot });
    }

    private void Register(EventKind kind, in RegisterAccess access, ulong value)
        => sink?.Write(new EventRecord(kind, Actor.Device, 0, device, access.Queue)
        {
            RegisterName = access.Name, RegisterOffset = access.Offset, Width = access.Width, Slot = access.Slot,
            FeatureWord = access.FeatureWord, AddressSpace = access.Space, Address = access.Address, Value = value,
        });

    private EventRecord Event(EventKind kind, ushort queue) => new(kind, Actor.Device, ThreadOf(queue), device, queue);

    private EventRecord Access(EventKind kind, ushort queue, Part part, ulong address, ulong length)
        => new(kind, Actor.Device, ThreadOf(queue), device, queue)
        {
            Part = part, AddressSpace = AddressSpace.Bus, Address = address, Length = length,
        };
}
