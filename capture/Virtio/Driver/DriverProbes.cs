using Tracing.Schemas;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>
/// Everything that one thread of the driver can say. Without a sink each costs a branch. A store or doorbell is
/// reported before it takes effect, a load after.
/// </summary>
/// <param name="sink">The driver's source, or null.</param>
/// <param name="device">The device that it drives.</param>
/// <param name="thread">The driver's execution context.</param>
internal sealed class DriverProbes(IEventSink? sink, ushort device = 0, ushort thread = 0)
{
    private EventRecord New(EventKind kind, ushort queue = EventRecord.None)
        => new(kind, Actor.Driver, thread, device, queue);

    /// <summary>The thread begins.</summary>
    public void ThreadStarted(string name) => sink?.Write(New(EventKind.ThreadStarted), name);

    /// <summary>A remark, such as why it gave up.</summary>
    public void Remark(string text) => sink?.Write(New(EventKind.Remark), text);

    /// <summary>Everything before is visible to whoever takes over under <paramref name="sync"/>.</summary>
    public void HandoverRelease(ulong sync) => sink?.Write(New(EventKind.HandoverRelease) with { SyncId = sync });

    /// <summary>Takes over what was released under <paramref name="sync"/>.</summary>
    public void HandoverAcquire(ulong sync) => sink?.Write(New(EventKind.HandoverAcquire) with { SyncId = sync });

    /// <summary>A virtio structure capability was found.</summary>
    public void Capability(byte type, byte bar, ulong offset, ulong length, int place)
        => sink?.Write(New(EventKind.Capability) with
        {
            Value = type,
            Slot = bar,
            AddressSpace = AddressSpace.Bar,
            Address = offset,
            Length = length,
            RegisterOffset = (uint)place,
        });

    /// <summary>A register was read; like a readl, the read comes before every later access.</summary>
    public void RegisterRead(in RegisterAccess access, ulong value)
        => Register(EventKind.RegisterRead, Ordering.Acquire, access, value);

    /// <summary>A register is about to be written; like a writel, the write comes after every earlier access.</summary>
    public void RegisterWrite(in RegisterAccess access, ulong value)
        => Register(EventKind.RegisterWrite, Ordering.Release, access, value);

    /// <summary>A doorbell is about to be rung. <paramref name="kind"/> is the ordering that the access carries; null = none.</summary>
    public void Doorbell(ushort queue, in RegisterAccess access, ulong value, BarrierKind? kind)
    {
        if (sink is null) return;
        var record = New(EventKind.Doorbell, queue);
        record.Value = value;
        record.Width = access.Width;
        record.RegisterOffset = access.Offset;
        record.AddressSpace = access.Space;
        record.Address = access.Address;
        if (kind is { } ordering) record.SetOrdering(ordering.Ordering, ordering.Domain);
        sink.Write(record);
    }

    /// <summary>An interrupt arrived. Vector null = INTx; queue null = configuration change, or not known.</summary>
    public void Interrupt(ushort? vector, ulong? address, uint? data, ushort? queue)
        => sink?.Write(New(EventKind.Interrupt, queue ?? EventRecord.None) with
        {
            Slot = vector,
            AddressSpace = address is null ? null : AddressSpace.Bus,
            Address = address,
            Value = data,
        });

    /// <summary>A ring word of 16 bits was loaded.</summary>
    public void Load(ushort queue, Part part, ulong address, ushort value)
    {
        if (sink is null) return;
        var record = Access(EventKind.Load, queue, part, address, 2);
        record.Value = value;
        sink.Write(record);
    }

    /// <summary>A used entry was loaded.</summary>
    public void LoadUsedEntry(ushort queue, ushort slot, ulong address, uint id, uint length)
    {
        if (sink is null) return;
        var record = Access(EventKind.Load, queue, Part.UsedEntry, address, SplitLayout.UsedEntryBytes);
        record.Slot = slot;
        record.Value = id;
        record.Size = length;
        sink.Write(record);
    }

    /// <summary>A ring word of 16 bits is about to be stored.</summary>
    public void Store(ushort queue, Part part, ulong address, ushort value, ushort? slot = null)
    {
        if (sink is null) return;
        var record = Access(EventKind.Store, queue, part, address, 2);
        record.Value = value;
        if (slot is not null) record.Slot = slot;
        sink.Write(record);
    }

    /// <summary>A descriptor is about to be stored, in the table or (part says so) in an indirect one.</summary>
    public void StoreDescriptor(
        ushort queue, Part part, ushort slot, ulong address, ushort head, in Descriptor descriptor)
    {
        if (sink is null) return;
        var record = Access(EventKind.Store, queue, part, address, Descriptor.SizeInBytes);
        record.Slot = slot;
        record.Head = head;
        record.TargetSpace = AddressSpace.Bus;
        record.Target = descriptor.Address;
        record.Size = descriptor.Length;
        record.Flags = (ushort)descriptor.Flags;
        record.NextSlot = descriptor.Next;
        sink.Write(record);
    }

    /// <summary>Payload is accessed in place, without a bounce slot.</summary>
    public void Payload(EventKind kind, ushort queue, ulong address, uint length, ushort head)
    {
        if (sink is null) return;
        var record = Access(kind, queue, Part.Payload, address, length);
        record.Head = head;
        sink.Write(record);
    }

    /// <summary>A queue area is about to be zeroed.</summary>
    public void Zero(ushort queue, Part part, ulong address, ulong length)
        => sink?.Write(Access(EventKind.Store, queue, part, address, length) with { Value = 0 });

    /// <summary>A barrier stands here.</summary>
    public void Barrier(ushort queue, BarrierKind kind, BarrierSite site)
    {
        if (sink is null) return;
        var record = New(EventKind.Barrier, queue);
        record.SetOrdering(kind.Ordering, kind.Domain);
        sink.Write(record, BarrierKind.NoteOf(site));
    }

    /// <summary>Memory was obtained for the device.</summary>
    public void Map(ushort queue, in Mapping mapping)
    {
        if (sink is null) return;
        var record = Mapped(EventKind.Map, queue, mapping);
        if (mapping.Original is { } original)
        {
            record.TargetSpace = AddressSpace.Cpu;
            record.Target = original;
        }

        sink.Write(record);
    }

    /// <summary>That memory is about to be given up.</summary>
    public void Unmap(ushort queue, in Mapping mapping) => sink?.Write(Mapped(EventKind.Unmap, queue, mapping));

    /// <summary>Bytes are about to be copied into a bounce slot, or were copied out of one.</summary>
    public void BounceCopy(ushort queue, in Mapping mapping, Direction direction, uint length)
    {
        if (sink is null) return;
        var record = New(EventKind.BounceCopy, queue);
        record.AddressSpace = AddressSpace.Bus;
        record.Address = mapping.Address;
        record.Length = length;
        record.TargetSpace = AddressSpace.Cpu;
        record.Target = mapping.Original;
        record.Direction = direction;
        record.MappingId = mapping.Id;
        sink.Write(record);
    }

    private EventRecord Access(EventKind kind, ushort queue, Part part, ulong address, ulong length)
    {
        var record = New(kind, queue);
        record.Part = part;
        record.AddressSpace = AddressSpace.Bus;
        record.Address = address;
        record.Length = length;
        return record;
    }

    private EventRecord Mapped(EventKind kind, ushort queue, in Mapping mapping)
    {
        var record = Access(kind, queue, mapping.Part, mapping.Address, mapping.Length);
        record.Direction = mapping.Direction;
        record.MappingId = mapping.Id;
        return record;
    }

    private void Register(EventKind kind, Ordering ordering, in RegisterAccess access, ulong value)
    {
        if (sink is null) return;
        var record = New(kind, access.Queue);
        record.RegisterName = access.Name;
        record.RegisterOffset = access.Offset;
        record.Width = access.Width;
        record.FeatureWord = access.FeatureWord;
        record.AddressSpace = access.Space;
        record.Address = access.Address;
        record.Slot = access.Slot;
        record.Value = value;
        record.SetOrdering(ordering, OrderingDomain.Mmio);
        sink.Write(record);
    }
}
