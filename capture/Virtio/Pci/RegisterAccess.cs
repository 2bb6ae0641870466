using Tracing.Schemas;

namespace Tracing.Virtio.Pci;

/// <summary>Where a register access went, as the events record it.</summary>
/// <param name="Name">The register; unknown where the access is of no register's own width.</param>
/// <param name="Space">Where it lies.</param>
/// <param name="Address">Its place there.</param>
/// <param name="Offset">From the start of its structure.</param>
/// <param name="Width">Bytes.</param>
/// <param name="Queue">The queue that it belongs to, or none.</param>
/// <param name="Slot">The BAR, null where it lies in none or nobody knows in which.</param>
/// <param name="FeatureWord">The word of a feature register, null if unknown.</param>
public readonly record struct RegisterAccess(
    RegisterName Name,
    AddressSpace Space,
    ulong Address,
    uint Offset,
    byte Width,
    ushort Queue = EventRecord.None,
    ushort? Slot = null,
    byte? FeatureWord = null);
