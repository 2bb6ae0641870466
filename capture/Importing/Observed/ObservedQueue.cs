using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Importing.Observed;

/// <summary>A virtqueue as its registers were set.</summary>
/// <param name="number">Number among the device's queues.</param>
internal sealed class ObservedQueue(ushort number)
{
    /// <summary>Number among the device's queues.</summary>
    public ushort Number => number;

    /// <summary>Entries: what was written, else what the device showed; null before either.</summary>
    public uint? Size { get; set; }

    /// <summary>Bus address of the descriptor area; 0 = not set.</summary>
    public ulong DescriptorArea { get; set; }

    /// <summary>Bus address of the driver area: the available ring of a split queue; 0 = not set.</summary>
    public ulong DriverArea { get; set; }

    /// <summary>Bus address of the device area: the used ring of a split queue; 0 = not set.</summary>
    public ulong DeviceArea { get; set; }

    /// <summary>Whether all of it is set.</summary>
    public bool IsPlaced => Size is > 0 and <= QueueSize.Greatest && DescriptorArea != 0 && DriverArea != 0 && DeviceArea != 0;

    /// <summary>A legacy queue is set by its page alone: the three areas lie one behind the other (virtio 1.3 §2.7.2).</summary>
    /// <param name="start">Bus address; 0 takes the queue away.</param>
    public void PlaceLegacy(ulong start)
    {
        (DescriptorArea, DriverArea, DeviceArea) = (start, 0, 0);
        if (start == 0 || Size is not { } entries || !QueueSize.TryCreate(entries, out var size)) return;
        var layout = SplitLayout.Contiguous(size, start);
        (DriverArea, DeviceArea) = (layout.DriverArea, layout.DeviceArea);
    }
}
