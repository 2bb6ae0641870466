using Tracing.Schemas;

namespace Tracing.Virtio.Pci;

/// <summary>Where a register access went, as the events record it.</summary>
internal readonly record struct RegisterAccess(
    RegisterName Name,
    AddressSpace Space,
    ulong Address,
    uint Offset,
    byte Width,
    ushort Queue = EventRecord.None,
    ushort? Slot = null,
    byte? FeatureWord = null);
