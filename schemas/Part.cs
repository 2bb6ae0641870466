namespace Tracing.Schemas;

/// <summary>
/// The structure that a memory access touches, in the words of the virtio specification's chapters on split and packed
/// virtqueues. The three <c>…Area</c> parts name a queue area as a whole, for mapping and zeroing.
/// </summary>
public enum Part : byte
{
    /// <summary>Not known from this observation.</summary>
    Unknown,

    /// <summary>An entry of the split descriptor table; <c>slot</c> is its index.</summary>
    Descriptor,

    /// <summary>An entry of an indirect descriptor table; <c>slot</c> is its index in that table.</summary>
    IndirectDescriptor,

    /// <summary>The available ring's <c>flags</c>.</summary>
    AvailableFlags,

    /// <summary>The available ring's <c>idx</c>: storing it publishes.</summary>
    AvailableIndex,

    /// <summary>An entry of the available ring; <c>slot</c> is its position, <c>value</c> the chain's head.</summary>
    AvailableEntry,

    /// <summary>The driver's <c>used_event</c> word behind the available ring.</summary>
    UsedEvent,

    /// <summary>The used ring's <c>flags</c>.</summary>
    UsedFlags,

    /// <summary>The used ring's <c>idx</c>: storing it hands buffers back.</summary>
    UsedIndex,

    /// <summary>An entry of the used ring; <c>slot</c> is its position, <c>value</c> its id, <c>size</c> its length.</summary>
    UsedEntry,

    /// <summary>The device's <c>avail_event</c> word behind the used ring.</summary>
    AvailableEvent,

    /// <summary>An entry of a packed descriptor ring; <c>next_slot</c> is its buffer id.</summary>
    PackedDescriptor,

    /// <summary>The packed ring's driver event suppression structure.</summary>
    DriverEvent,

    /// <summary>The packed ring's device event suppression structure.</summary>
    DeviceEvent,

    /// <summary>The bytes of a buffer.</summary>
    Payload,

    /// <summary>The whole descriptor area: the split descriptor table, the packed descriptor ring.</summary>
    DescriptorArea,

    /// <summary>The whole driver area: the available ring, the packed driver event structure.</summary>
    DriverArea,

    /// <summary>The whole device area: the used ring, the packed device event structure.</summary>
    DeviceArea,

    /// <summary>A whole indirect descriptor table.</summary>
    IndirectTable,

    /// <summary>The target of a message-signalled interrupt.</summary>
    InterruptMessage,
}
