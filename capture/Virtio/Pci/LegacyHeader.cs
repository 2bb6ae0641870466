using Tracing.Schemas;

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

    /// <summary>The register at <paramref name="offset"/> and its width; unknown and 0 where none begins.</summary>
    public static (RegisterName Name, int Width) RegisterAt(ulong offset) => offset switch
    {
        DeviceFeatures => (RegisterName.DeviceFeature, 4),
        DriverFeatures => (RegisterName.DriverFeature, 4),
        QueueAddress => (RegisterName.QueuePageFrame, 4),
        QueueSize => (RegisterName.QueueSize, 2),
        QueueSelect => (RegisterName.QueueSelect, 2),
        QueueNotify => (RegisterName.QueueNotify, 2),
        DeviceStatus => (RegisterName.DeviceStatus, 1),
        IsrStatus => (RegisterName.IsrStatus, 1),
        ConfigMsixVector => (RegisterName.ConfigMsixVector, 2),
        QueueMsixVector => (RegisterName.QueueMsixVector, 2),
        _ => (RegisterName.Unknown, 0),
    };
}
