namespace Tracing.Virtio.Pci;

/// <summary>Offsets in the legacy interface's header, in I/O BAR 0 (virtio 1.3 §4.1.4.10).</summary>
public static class LegacyHeader
{
    /// <summary>Device features, bits 0 to 31, read only, 32 bits.</summary>
    public const int DeviceFeatures = 0x00;

    /// <summary>Driver features, bits 0 to 31, 32 bits.</summary>
    public const int DriverFeatures = 0x04;

    /// <summary>Queue address as a page frame number: address / 4096, 32 bits.</summary>
    public const int QueueAddress = 0x08;

    /// <summary>Queue size, read only, 16 bits.</summary>
    public const int QueueSize = 0x0c;

    /// <summary>Queue select, 16 bits.</summary>
    public const int QueueSelect = 0x0e;

    /// <summary>Queue notify, 16 bits.</summary>
    public const int QueueNotify = 0x10;

    /// <summary>Device status, 8 bits.</summary>
    public const int DeviceStatus = 0x12;

    /// <summary>ISR status, 8 bits.</summary>
    public const int IsrStatus = 0x13;

    /// <summary>Configuration vector, 16 bits, while MSI-X is on.</summary>
    public const int ConfigMsixVector = 0x14;

    /// <summary>Queue vector, 16 bits, while MSI-X is on.</summary>
    public const int QueueMsixVector = 0x16;

    /// <summary>Bytes before the device configuration while MSI-X is off.</summary>
    public const int BytesWithoutMsix = 20;

    /// <summary>Bytes before the device configuration while MSI-X is on.</summary>
    public const int BytesWithMsix = 24;

    /// <summary>Bytes of the page that a page frame number counts.</summary>
    public const int PageBytes = 4096;
}
