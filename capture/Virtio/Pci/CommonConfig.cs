using Tracing.Schemas;

namespace Tracing.Virtio.Pci;

/// <summary>Offsets in struct virtio_pci_common_cfg (virtio 1.3 §4.1.4.3).</summary>
public static class CommonConfig
{
    /// <summary>device_feature_select, 32 bits.</summary>
    public const int DeviceFeatureSelect = 0x00;

    /// <summary>device_feature, read only, 32 bits.</summary>
    public const int DeviceFeature = 0x04;

    /// <summary>driver_feature_select, 32 bits.</summary>
    public const int DriverFeatureSelect = 0x08;

    /// <summary>driver_feature, 32 bits.</summary>
    public const int DriverFeature = 0x0c;

    /// <summary>config_msix_vector, 16 bits.</summary>
    public const int ConfigMsixVector = 0x10;

    /// <summary>num_queues, read only, 16 bits.</summary>
    public const int NumQueues = 0x12;

    /// <summary>device_status, 8 bits.</summary>
    public const int DeviceStatus = 0x14;

    /// <summary>config_generation, read only, 8 bits.</summary>
    public const int ConfigGeneration = 0x15;

    /// <summary>queue_select, 16 bits.</summary>
    public const int QueueSelect = 0x16;

    /// <summary>queue_size, 16 bits.</summary>
    public const int QueueSize = 0x18;

    /// <summary>queue_msix_vector, 16 bits.</summary>
    public const int QueueMsixVector = 0x1a;

    /// <summary>queue_enable, 16 bits.</summary>
    public const int QueueEnable = 0x1c;

    /// <summary>queue_notify_off, read only, 16 bits.</summary>
    public const int QueueNotifyOff = 0x1e;

    /// <summary>queue_desc, 64 bits, as two halves.</summary>
    public const int QueueDesc = 0x20;

    /// <summary>queue_driver, 64 bits, as two halves.</summary>
    public const int QueueDriver = 0x28;

    /// <summary>queue_device, 64 bits, as two halves.</summary>
    public const int QueueDevice = 0x30;

    /// <summary>queue_notif_config_data, read only, 16 bits.</summary>
    public const int QueueNotifConfigData = 0x38;

    /// <summary>queue_reset, 16 bits.</summary>
    public const int QueueReset = 0x3a;

    /// <summary>admin_queue_index, read only, 16 bits.</summary>
    public const int AdminQueueIndex = 0x3c;

    /// <summary>admin_queue_num, read only, 16 bits.</summary>
    public const int AdminQueueNum = 0x3e;

    /// <summary>Bytes of the structure.</summary>
    public const int SizeInBytes = 0x40;

    /// <summary>The vector that means none (virtio 1.3 §4.1.5.1.2).</summary>
    public const ushort NoVector = 0xffff;

    /// <summary>The register at <paramref name="offset"/> and its width; unknown and 0 where none begins.</summary>
    public static (RegisterName Name, int Width) RegisterAt(ulong offset) => offset switch
    {
        DeviceFeatureSelect => (RegisterName.DeviceFeatureSelect, 4),
        DeviceFeature => (RegisterName.DeviceFeature, 4),
        DriverFeatureSelect => (RegisterName.DriverFeatureSelect, 4),
        DriverFeature => (RegisterName.DriverFeature, 4),
        ConfigMsixVector => (RegisterName.ConfigMsixVector, 2),
        NumQueues => (RegisterName.NumQueues, 2),
        DeviceStatus => (RegisterName.DeviceStatus, 1),
        ConfigGeneration => (RegisterName.ConfigGeneration, 1),
        QueueSelect => (RegisterName.QueueSelect, 2),
        QueueSize => (RegisterName.QueueSize, 2),
        QueueMsixVector => (RegisterName.QueueMsixVector, 2),
        QueueEnable => (RegisterName.QueueEnable, 2),
        QueueNotifyOff => (RegisterName.QueueNotifyOff, 2),
        QueueDesc => (RegisterName.QueueDescLow, 4),
        QueueDesc + 4 => (RegisterName.QueueDescHigh, 4),
        QueueDriver => (RegisterName.QueueDriverLow, 4),
        QueueDriver + 4 => (RegisterName.QueueDriverHigh, 4),
        QueueDevice => (RegisterName.QueueDeviceLow, 4),
        QueueDevice + 4 => (RegisterName.QueueDeviceHigh, 4),
        QueueNotifConfigData => (RegisterName.QueueNotifConfigData, 2),
        QueueReset => (RegisterName.QueueReset, 2),
        AdminQueueIndex => (RegisterName.AdminQueueIndex, 2),
        AdminQueueNum => (RegisterName.AdminQueueNum, 2),
        _ => (RegisterName.Unknown, 0),
    };

    /// <summary>Whether the register selects a queue or belongs to the selected one.</summary>
    public static bool IsQueueRegister(ulong offset)
        => offset is >= QueueSelect and < AdminQueueIndex;
}
