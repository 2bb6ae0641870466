#pragma warning disable CS1591 // Each kind is described by its attribute, from which the schema reference is generated.
using C = Tracing.Schemas.Column;

namespace Tracing.Schemas;

/// <summary>
/// What can happen in a run. A kind's stored name is its member name in snake case; numbers are part of the journal
/// format and never change meaning. Columns named at a kind are those that it may carry besides the common ones
/// (sequence, source, time, actor, thread, device, queue, event, ordering, note); any of them may be null where the observer does not know it.
/// </summary>
public enum EventKind : byte
{
    // The recording.
    [Event("Events of this source are missing from here on: value = how many, null = unknown. The reason is the note.", C.Value)]
    Loss = 1,
    [Event("State that was already there when recording began, in the columns of the event that would have made it; the note names that event's kind.",
        C.Part, C.AddressSpace, C.Address, C.Length, C.Value, C.Slot, C.Head, C.TargetSpace, C.Target, C.Size, C.Flags, C.NextSlot,
        C.RegisterName, C.RegisterOffset, C.Width, C.FeatureWord, C.RegionId, C.RegionAttribute, C.RegionOrigin, C.RegionShared)]
    Snapshot = 2,
    [Event("This part of the run goes on where the part before it ended.")]
    Continued = 3,
    [Event("More of the note of the event before it. Exists in journals only.")]
    Continuation = 4,
    [Event("An execution context begins to record; the note is its name.")]
    ThreadStarted = 5,
    [Event("A remark of the producer.", C.Value)]
    Remark = 6,

    // The platform.
    [Event("A device becomes visible: value = virtio device type, note = its name.", C.Value)]
    DeviceAppeared = 10,
    [Event("A device is gone, with or without a reset.")]
    DeviceRemoved = 11,
    [Event("A region is mapped: address = first bus address, target = first processor address, slot = BAR number where it lies in one. Device null = system memory.",
        C.AddressSpace, C.Address, C.Length, C.TargetSpace, C.Target, C.RegionId, C.RegionAttribute, C.RegionOrigin, C.RegionShared, C.Slot)]
    RegionMapped = 12,
    [Event("A region is no longer mapped at this place.", C.RegionId, C.AddressSpace, C.Address, C.Length)]
    RegionUnmapped = 13,
    [Event("An IOMMU mapping is made: address = IOVA, target = bus address.", C.AddressSpace, C.Address, C.Length, C.TargetSpace, C.Target, C.Direction, C.MappingId)]
    IommuMapped = 14,
    [Event("An IOMMU mapping is removed.", C.AddressSpace, C.Address, C.Length, C.MappingId)]
    IommuUnmapped = 15,
    [Event("The IOMMU translated for a device: address = IOVA page, target = its bus address. Mapping information, not an access.",
        C.AddressSpace, C.Address, C.Length, C.TargetSpace, C.Target)]
    IommuTranslated = 16,
    [Event("The IOMMU passed one access of a device: address = exact start; length and direction only where they are known.",
        C.AddressSpace, C.Address, C.Length, C.TargetSpace, C.Target, C.Direction)]
    IommuAccessed = 17,
    [Event("The IOMMU refused an access of a device.", C.AddressSpace, C.Address, C.Length, C.Direction, C.Value)]
    IommuFaulted = 18,

    // The transport. The actor is the side that recorded the access: the driver when it made it, the device when it executed it.
    [Event("A virtio structure capability of a PCI function: value = cfg_type, slot = BAR, address = offset into it, length = the structure's, register_offset = the capability's place in configuration space.",
        C.Value, C.Slot, C.AddressSpace, C.Address, C.Length, C.RegisterOffset)]
    Capability = 30,
    [Event("A transport register was read; value = what was returned.",
        C.RegisterName, C.RegisterOffset, C.Width, C.FeatureWord, C.AddressSpace, C.Address, C.Value, C.Slot)]
    RegisterRead = 31,
    [Event("A transport register was written. Where value is an address of another space than bus, target_space says which.",
        C.RegisterName, C.RegisterOffset, C.Width, C.FeatureWord, C.AddressSpace, C.Address, C.Value, C.Slot, C.TargetSpace)]
    RegisterWrite = 32,
    [Event("From here on the device presents this device status.", C.Value)]
    StatusPresented = 33,
    [Event("Available buffer notification, by a register write or an eventfd; value = what was written.", C.Value, C.Width, C.RegisterOffset, C.AddressSpace, C.Address)]
    Doorbell = 34,
    [Event("Device to driver notification: slot = MSI-X vector (null = INTx or eventfd), address and value = the message. Queue null = configuration change.",
        C.Slot, C.AddressSpace, C.Address, C.Value, C.Part)]
    Interrupt = 35,
    [Event("A message of a vhost-user or similar conversation was sent; value = its request number.", C.Value, C.AddressSpace, C.Address, C.Length, C.Size)]
    MessageSent = 36,
    [Event("A message of a vhost-user or similar conversation was received; value = its request number.", C.Value, C.AddressSpace, C.Address, C.Length, C.Size)]
    MessageReceived = 37,
    [Event("The device met something that it cannot serve and gave up on the queue; the note says what was seen and what was expected.", C.Value, C.Slot, C.Head)]
    DeviceError = 38,

    // Memory. Drivers load and store, devices read and write by DMA.
    [Event("The driver loaded from memory that the device can reach.", AccessColumns.All)]
    Load = 50,
    [Event("The driver stored to memory that the device can reach.", AccessColumns.All)]
    Store = 51,
    [Event("The device read memory.", AccessColumns.All)]
    DmaRead = 52,
    [Event("The device wrote memory. Interrupt messages are interrupt events, not these.", AccessColumns.All)]
    DmaWrite = 53,
    [Event("A fence; ordering and ordering_domain say which. The note may name its call site.")]
    Barrier = 54,
    [Event("The driver obtained memory for the device: a DMA mapping, a bounce slot, or ring memory (part says which). address = bus address, target = original buffer where there is one.",
        C.Part, C.AddressSpace, C.Address, C.Length, C.TargetSpace, C.Target, C.Direction, C.MappingId, C.RegionId)]
    Map = 55,
    [Event("The driver gave that memory up: from here on it may be used for anything else.",
        C.Part, C.AddressSpace, C.Address, C.Length, C.Direction, C.MappingId, C.RegionId)]
    Unmap = 56,
    [Event("The driver copied between a bounce slot (address) and the original buffer (target).",
        C.AddressSpace, C.Address, C.Length, C.TargetSpace, C.Target, C.Direction, C.MappingId)]
    BounceCopy = 57,
    [Event("This thread hands over to another: everything before is visible to whoever acquires sync_id.", C.SyncId)]
    HandoverRelease = 58,
    [Event("This thread takes over what was released under sync_id.", C.SyncId)]
    HandoverAcquire = 59,
}

/// <summary>What every access to shared memory may carry.</summary>
internal static class AccessColumns
{
    /// <summary>A marker that <see cref="EventAttribute"/> expands.</summary>
    public const Column All = (Column)255;
}
