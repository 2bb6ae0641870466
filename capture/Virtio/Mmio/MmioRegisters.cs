using Tracing.Schemas;

namespace Tracing.Virtio.Mmio;

/// <summary>The registers of a virtio-mmio device, modern and legacy (virtio 1.3 §4.2.2, §4.2.4). All but the configuration are 32 bits wide.</summary>
public static class MmioRegisters
{
    /// <summary>Where the device-specific configuration begins.</summary>
    public const int Configuration = 0x100;

    /// <summary>The register at <paramref name="offset"/>; unknown where none begins.</summary>
    public static RegisterName RegisterAt(ulong offset) => offset switch
    {
        0x000 => RegisterName.MagicValue,
        0x004 => RegisterName.Version,
        0x008 => RegisterName.DeviceId,
        0x00c => RegisterName.VendorId,
        0x010 => RegisterName.DeviceFeature,
        0x014 => RegisterName.DeviceFeatureSelect,
        0x020 => RegisterName.DriverFeature,
        0x024 => RegisterName.DriverFeatureSelect,
        0x028 => RegisterName.GuestPageSize,
        0x030 => RegisterName.QueueSelect,
        0x034 or 0x038 => RegisterName.QueueSize,
        0x03c => RegisterName.QueueAlign,
        0x040 => RegisterName.QueuePageFrame,
        0x044 => RegisterName.QueueEnable,
        0x050 => RegisterName.QueueNotify,
        0x060 => RegisterName.IsrStatus,
        0x064 => RegisterName.InterruptAck,
        0x070 => RegisterName.DeviceStatus,
        0x080 => RegisterName.QueueDescLow,
        0x084 => RegisterName.QueueDescHigh,
        0x090 => RegisterName.QueueDriverLow,
        0x094 => RegisterName.QueueDriverHigh,
        0x0a0 => RegisterName.QueueDeviceLow,
        0x0a4 => RegisterName.QueueDeviceHigh,
        0x0ac or 0x0b0 or 0x0b4 or 0x0b8 or 0x0bc => RegisterName.SharedMemory,
        0x0c0 => RegisterName.QueueReset,
        0x0fc => RegisterName.ConfigGeneration,
        _ => RegisterName.Unknown,
    };
}
