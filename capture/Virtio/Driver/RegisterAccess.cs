using Tracing.Schemas;

namespace Tracing.Virtio.Driver;

/// <summary>Where one register access goes, decoded and raw.</summary>
/// <param name="Name">The register.</param>
/// <param name="Space">Configuration space, or a BAR.</param>
/// <param name="Address">The place in that space.</param>
/// <param name="Offset">The place in the structure that the register belongs to.</param>
/// <param name="Width">Bytes.</param>
/// <param name="Queue">The selected queue, for a queue register.</param>
/// <param name="Slot">The BAR, or the vector of an MSI-X table entry.</param>
/// <param name="FeatureWord">The selected word, for a feature register.</param>
public readonly record struct RegisterAccess(
    RegisterName Name,
    AddressSpace Space,
    ulong Address,
    uint Offset,
    byte Width,
    ushort? Queue = null,
    ushort? Slot = null,
    byte? FeatureWord = null);
