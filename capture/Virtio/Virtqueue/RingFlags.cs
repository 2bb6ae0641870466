namespace Tracing.Virtio.Virtqueue;

/// <summary>The flag that each ring's flags word has.</summary>
public static class RingFlags
{
    /// <summary>VIRTQ_AVAIL_F_NO_INTERRUPT (virtio 1.3 §2.7.6): the driver wants no used buffer notifications.</summary>
    public const ushort NoInterrupt = 1;

    /// <summary>VIRTQ_USED_F_NO_NOTIFY (virtio 1.3 §2.7.8): the device wants no available buffer notifications.</summary>
    public const ushort NoNotify = 1;
}
