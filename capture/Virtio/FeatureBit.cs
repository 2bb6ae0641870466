namespace Tracing.Virtio;

/// <summary>Feature bit numbers (virtio 1.3 §6, §5.2.3), the proposed one included.</summary>
public static class FeatureBit
{
    /// <summary>VIRTIO_BLK_F_SEG_MAX.</summary>
    public const ushort BlkSegMax = 2;

    /// <summary>VIRTIO_BLK_F_FLUSH: the device keeps a cache and has a flush command.</summary>
    public const ushort BlkFlush = 9;

    /// <summary>VIRTIO_BLK_F_CONFIG_WCE: the driver can read and set the cache's mode in the configuration.</summary>
    public const ushort BlkConfigWce = 11;

    /// <summary>VIRTIO_BLK_F_MQ: the device has several request queues, counted in num_queues.</summary>
    public const ushort BlkMultiQueue = 12;

    /// <summary>VIRTIO_F_NOTIFY_ON_EMPTY, legacy interface only.</summary>
    public const ushort NotifyOnEmpty = 24;

    /// <summary>VIRTIO_F_ANY_LAYOUT on the legacy interface. The same number as <see cref="Swiotlb"/>.</summary>
    public const ushort AnyLayout = 27;

    /// <summary>
    /// The proposed VIRTIO_F_SWIOTLB: addresses passed to the device lie in the bounce-buffer region. It has this
    /// meaning only beside <see cref="Version1"/>.
    /// </summary>
    public const ushort Swiotlb = 27;

    /// <summary>VIRTIO_F_INDIRECT_DESC.</summary>
    public const ushort IndirectDescriptors = 28;

    /// <summary>VIRTIO_F_EVENT_IDX: notification suppression by used_event and avail_event.</summary>
    public const ushort EventIndex = 29;

    /// <summary>VIRTIO_F_VERSION_1.</summary>
    public const ushort Version1 = 32;

    /// <summary>VIRTIO_F_ACCESS_PLATFORM.</summary>
    public const ushort AccessPlatform = 33;

    /// <summary>VIRTIO_F_RING_PACKED.</summary>
    public const ushort RingPacked = 34;

    /// <summary>VIRTIO_F_IN_ORDER.</summary>
    public const ushort InOrder = 35;

    /// <summary>VIRTIO_F_ORDER_PLATFORM.</summary>
    public const ushort OrderPlatform = 36;

    /// <summary>VIRTIO_F_SR_IOV.</summary>
    public const ushort SingleRootIov = 37;

    /// <summary>VIRTIO_F_NOTIFICATION_DATA.</summary>
    public const ushort NotificationData = 38;

    /// <summary>VIRTIO_F_NOTIF_CONFIG_DATA.</summary>
    public const ushort NotificationConfigData = 39;

    /// <summary>VIRTIO_F_RING_RESET.</summary>
    public const ushort RingReset = 40;
}
