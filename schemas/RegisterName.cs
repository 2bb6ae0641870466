namespace Tracing.Schemas;

/// <summary>
/// Transport registers and fields under one vocabulary for PCI, legacy PCI, MMIO and vhost-user. The raw place stands in
/// <c>address_space</c>, <c>address</c>, <c>register_offset</c> and <c>width</c>.
/// </summary>
public enum RegisterName : byte
{
    /// <summary>A register that the recorder could not name.</summary>
    Unknown,
    /// <summary>Which 32-bit word <c>device_feature</c> shows.</summary>
    DeviceFeatureSelect,
    /// <summary>A word of the features that the device offers; <c>feature_word</c> says which, null if it is not known.</summary>
    DeviceFeature,
    /// <summary>Which 32-bit word <c>driver_feature</c> shows.</summary>
    DriverFeatureSelect,
    /// <summary>A word of the features that the driver accepts; <c>feature_word</c> says which, null if it is not known.</summary>
    DriverFeature,
    /// <summary>The MSI-X vector for configuration changes.</summary>
    ConfigMsixVector,
    /// <summary>The greatest number of queues.</summary>
    NumQueues,
    /// <summary>Device status.</summary>
    DeviceStatus,
    /// <summary>Configuration generation.</summary>
    ConfigGeneration,
    /// <summary>Which queue the queue registers mean. Every queue register access carries its <c>queue</c> besides.</summary>
    QueueSelect,
    /// <summary>Queue size, in entries (MMIO's QueueSizeMax too, on reads).</summary>
    QueueSize,
    /// <summary>The queue's MSI-X vector.</summary>
    QueueMsixVector,
    /// <summary>Queue enable (MMIO: QueueReady).</summary>
    QueueEnable,
    /// <summary>The queue's place in the notification structure.</summary>
    QueueNotifyOff,
    /// <summary>Descriptor area address, 64 bits at once.</summary>
    QueueDesc,
    /// <summary>Descriptor area address, bits 0 to 31.</summary>
    QueueDescLow,
    /// <summary>Descriptor area address, bits 32 to 63.</summary>
    QueueDescHigh,
    /// <summary>Driver area address, 64 bits at once.</summary>
    QueueDriver,
    /// <summary>Driver area address, bits 0 to 31.</summary>
    QueueDriverLow,
    /// <summary>Driver area address, bits 32 to 63.</summary>
    QueueDriverHigh,
    /// <summary>Device area address, 64 bits at once.</summary>
    QueueDevice,
    /// <summary>Device area address, bits 0 to 31.</summary>
    QueueDeviceLow,
    /// <summary>Device area address, bits 32 to 63.</summary>
    QueueDeviceHigh,
    /// <summary>The value for doorbells under VIRTIO_F_NOTIF_CONFIG_DATA.</summary>
    QueueNotifConfigData,
    /// <summary>Queue reset.</summary>
    QueueReset,
    /// <summary>First administration queue.</summary>
    AdminQueueIndex,
    /// <summary>Number of administration queues.</summary>
    AdminQueueNum,
    /// <summary>Legacy queue address: page frame number.</summary>
    QueuePageFrame,
    /// <summary>Legacy MMIO: guest page size.</summary>
    GuestPageSize,
    /// <summary>Legacy MMIO: queue alignment.</summary>
    QueueAlign,
    /// <summary>Available buffer notification. Recorded as a <c>doorbell</c> event where it is one.</summary>
    QueueNotify,
    /// <summary>ISR status (MMIO: InterruptStatus).</summary>
    IsrStatus,
    /// <summary>MMIO interrupt acknowledgement.</summary>
    InterruptAck,
    /// <summary>Device-specific configuration; <c>register_offset</c> counts from its start.</summary>
    DeviceConfig,
    /// <summary>MMIO magic value.</summary>
    MagicValue,
    /// <summary>MMIO version.</summary>
    Version,
    /// <summary>Virtio device id, or PCI device id.</summary>
    DeviceId,
    /// <summary>Vendor id.</summary>
    VendorId,
    /// <summary>MMIO shared memory registers.</summary>
    SharedMemory,
    /// <summary>PCI command register.</summary>
    PciCommand,
    /// <summary>A base address register; <c>slot</c> is its number.</summary>
    PciBar,
    /// <summary>A byte of a PCI capability.</summary>
    PciCapability,
    /// <summary>Any other place of PCI configuration space.</summary>
    PciConfig,
    /// <summary>An entry of the MSI-X table; <c>slot</c> is the vector.</summary>
    MsixTable,
    /// <summary>MSI-X message control: vector table size less one in bits 0 to 10, enable in bit 15.</summary>
    MsixControl,
}
