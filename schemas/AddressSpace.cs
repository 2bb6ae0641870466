namespace Tracing.Schemas;

/// <summary>The space in which an address has its meaning. Equal numbers in two spaces are different places.</summary>
public enum AddressSpace : byte
{
    /// <summary>Bus address: what a driver without translation hands to its device.</summary>
    Bus,

    /// <summary>The address under which the driver's own processor sees the bytes.</summary>
    Cpu,

    /// <summary>An address that an IOMMU still translates.</summary>
    Iova,

    /// <summary>An offset from the start of the region named by <c>region_id</c>.</summary>
    Region,

    /// <summary>An offset into the BAR named by <c>slot</c>.</summary>
    Bar,

    /// <summary>The virtual address of a vhost-user front end.</summary>
    FrontEnd,

    /// <summary>An offset into the function's PCI configuration space.</summary>
    PciConfig,

    /// <summary>A port of the processor's I/O space.</summary>
    Io,

    /// <summary>An offset into a virtio-mmio register block.</summary>
    Mmio,
}
