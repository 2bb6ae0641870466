namespace Tracing.Virtio.Pci;

/// <summary>cfg_type of a virtio structure capability (virtio 1.3 §4.1.4), the proposed one included.</summary>
public enum CapabilityType : byte
{
    /// <summary>No structure.</summary>
    None = 0,

    /// <summary>VIRTIO_PCI_CAP_COMMON_CFG.</summary>
    Common = 1,

    /// <summary>VIRTIO_PCI_CAP_NOTIFY_CFG, with notify_off_multiplier behind it.</summary>
    Notify = 2,

    /// <summary>VIRTIO_PCI_CAP_ISR_CFG.</summary>
    Isr = 3,

    /// <summary>VIRTIO_PCI_CAP_DEVICE_CFG.</summary>
    Device = 4,

    /// <summary>VIRTIO_PCI_CAP_PCI_CFG: a window in configuration space onto a BAR.</summary>
    PciAccess = 5,

    /// <summary>VIRTIO_PCI_CAP_SHARED_MEMORY_CFG.</summary>
    SharedMemory = 8,

    /// <summary>VIRTIO_PCI_CAP_VENDOR_CFG.</summary>
    Vendor = 9,

    /// <summary>The proposed VIRTIO_PCI_CAP_SWIOTLB: the bounce-buffer region.</summary>
    Swiotlb = 10,
}

/// <summary>Offsets in struct virtio_pci_cap and its longer kin (virtio 1.3 §4.1.4).</summary>
public static class CapabilityLayout
{
    /// <summary>cap_vndr, 8 bits.</summary>
    public const int Id = 0;

    /// <summary>cap_next, 8 bits.</summary>
    public const int Next = 1;

    /// <summary>cap_len, 8 bits.</summary>
    public const int CapabilityLength = 2;

    /// <summary>cfg_type, 8 bits.</summary>
    public const int Type = 3;

    /// <summary>bar, 8 bits.</summary>
    public const int Bar = 4;

    /// <summary>id, 8 bits.</summary>
    public const int Instance = 5;

    /// <summary>offset, le32.</summary>
    public const int Offset = 8;

    /// <summary>length, le32.</summary>
    public const int Length = 12;

    /// <summary>Bytes of struct virtio_pci_cap: 8 single bytes + le32 offset + le32 length.</summary>
    public const int SizeInBytes = 8 + 4 + 4;

    /// <summary>notify_off_multiplier, le32, of a notification capability.</summary>
    public const int NotifyMultiplier = SizeInBytes;

    /// <summary>pci_cfg_data, 4 bytes, of a PCI access capability.</summary>
    public const int PciAccessData = SizeInBytes;

    /// <summary>Bytes of a capability with one more 32-bit field.</summary>
    public const int SizeWithExtraBytes = SizeInBytes + 4;

    /// <summary>offset_hi, le32, of struct virtio_pci_cap64; length_hi follows.</summary>
    public const int OffsetHigh = SizeInBytes;

    /// <summary>length_hi, le32, of struct virtio_pci_cap64.</summary>
    public const int LengthHigh = SizeInBytes + 4;

    /// <summary>Bytes of struct virtio_pci_cap64.</summary>
    public const int Size64InBytes = SizeInBytes + 8;
}
