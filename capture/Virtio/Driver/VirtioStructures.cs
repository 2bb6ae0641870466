using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Driver;

/// <summary>Where one structure of a virtio-pci function lies.</summary>
/// <param name="Bar">The BAR.</param>
/// <param name="Offset">Its first byte in the BAR.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct StructurePlace(byte Bar, ulong Offset, ulong Length);

/// <summary>What a walk over a function's capabilities found.</summary>
public sealed class VirtioStructures
{
    /// <summary>cfg_type 1: common configuration.</summary>
    public StructurePlace? Common { get; internal set; }

    /// <summary>cfg_type 2: doorbells.</summary>
    public StructurePlace? Notify { get; internal set; }

    /// <summary>notify_off_multiplier.</summary>
    public uint NotifyMultiplier { get; internal set; }

    /// <summary>cfg_type 3: ISR status.</summary>
    public StructurePlace? Isr { get; internal set; }

    /// <summary>cfg_type 4: device-specific configuration.</summary>
    public StructurePlace? Device { get; internal set; }

    /// <summary>cfg_type 10: the bounce-buffer region of the SWIOTLB proposal.</summary>
    public StructurePlace? Swiotlb { get; internal set; }

    /// <summary>The MSI-X table, and where its capability lies.</summary>
    public StructurePlace? MsixTable { get; internal set; }

    /// <summary>Place of the MSI-X capability in configuration space.</summary>
    public int MsixCapability { get; internal set; }

    /// <summary>Entries of the MSI-X table.</summary>
    public int Vectors => (int)((MsixTable?.Length ?? 0) / PciConfig.MsixEntryBytes);
}
