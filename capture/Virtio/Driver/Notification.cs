using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>Whether the driver has to ring the doorbell (virtio 1.3 §2.7.10.1).</summary>
public static class Notification
{
    /// <summary>With VIRTIO_F_EVENT_IDX: whether the index moved past the entry that the device asked for.</summary>
    /// <param name="availableEvent">What the device wrote to avail_event.</param>
    /// <param name="old">The available index at the decision before.</param>
    /// <param name="now">The available index.</param>
    public static bool IsDueByEvent(ushort availableEvent, RingIndex old, RingIndex now)
        => now.Passed(new(availableEvent), old);

    /// <summary>Without it: whether the device lets itself be notified.</summary>
    /// <param name="usedFlags">The used ring's flags.</param>
    public static bool IsDueByFlags(ushort usedFlags) => (usedFlags & RingFlags.NoNotify) == 0;
}
