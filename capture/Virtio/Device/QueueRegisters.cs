using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>What the transport's registers hold for one queue.</summary>
internal sealed class QueueRegisters(ushort greatestSize)
{
    /// <summary>What queue_size shows after a reset: the greatest size.</summary>
    public ushort GreatestSize { get; } = greatestSize;

    /// <summary>As the driver wrote it, legal or not.</summary>
    public ushort Size { get; set; } = greatestSize;

    public ushort Vector { get; set; } = CommonConfig.NoVector;

    public bool IsEnabled { get; set; }

    public ulong DescriptorArea { get; set; }

    public ulong DriverArea { get; set; }

    public ulong DeviceArea { get; set; }

    public void Reset()
    {
        Size = GreatestSize;
        Vector = CommonConfig.NoVector;
        IsEnabled = false;
        (DescriptorArea, DriverArea, DeviceArea) = (0, 0, 0);
    }

    /// <summary>The layout that the registers describe, or what is wrong with it.</summary>
    public string? TryGetLayout(out SplitLayout layout)
    {
        layout = default;
        if (!QueueSize.TryCreate(Size, out var size) || Size > GreatestSize)
            return $"queue_size {Size}; a power of two up to {GreatestSize} was expected";
        layout = new SplitLayout(size, DescriptorArea, DriverArea, DeviceArea);
        if (!layout.IsAligned)
        {
            return $"queue areas 0x{DescriptorArea:x}, 0x{DriverArea:x}, 0x{DeviceArea:x}; "
                + "multiples of 16, 2 and 4 were expected";
        }

        return layout.IsAddressable
            ? null
            : $"queue areas 0x{DescriptorArea:x}, 0x{DriverArea:x}, 0x{DeviceArea:x} of {Size} entries reach past 2^64";
    }
}
