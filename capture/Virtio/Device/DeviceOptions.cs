namespace Tracing.Virtio.Device;

/// <summary>What the device does when the driver declines VIRTIO_F_SWIOTLB although it was offered.</summary>
public enum SwiotlbPolicy
{
    /// <summary>It goes on; nothing else changes.</summary>
    OfferOnly,

    /// <summary>It refuses FEATURES_OK: the device MAY fail to operate without the feature.</summary>
    Require,

    /// <summary>It goes on, and the platform is asked to let it reach system memory (<see cref="PciVirtioDevice.ProtectionDropped"/>).</summary>
    Fallback,
}

/// <summary>How a device is built.</summary>
public sealed record DeviceOptions
{
    /// <summary>Its number in the run.</summary>
    public ushort Device { get; init; }

    /// <summary>Its name in the run; null = that of its type.</summary>
    public string? Name { get; init; }

    /// <summary>The features that it offers. What depends on other options (SWIOTLB on a region) is the caller's to match.</summary>
    public FeatureSet Features { get; init; } = FeatureSet.Of(
        FeatureBit.Version1, FeatureBit.AccessPlatform, FeatureBit.OrderPlatform, FeatureBit.Swiotlb,
        FeatureBit.IndirectDescriptors, FeatureBit.EventIndex, FeatureBit.BlkFlush, FeatureBit.BlkMultiQueue, FeatureBit.BlkSegMax);

    /// <summary>Only the legacy interface, in an I/O BAR 0.</summary>
    public bool Legacy { get; init; }

    /// <summary>Bytes of BAR 2 and of the bounce-buffer region in it: a power of two from 4096 on; 0 = there is neither.</summary>
    public uint SwiotlbBytes { get; init; } = 4 << 20;

    /// <summary>Whether the region's capability stands even where SWIOTLB is not offered: a hint.</summary>
    public bool HintsRegion { get; init; }

    /// <summary>Request queues, 1 to 64.</summary>
    public ushort Queues { get; init; } = 1;

    /// <summary>The greatest size of each queue.</summary>
    public ushort QueueSize { get; init; } = 256;

    /// <summary>MSI-X vectors, 1 to 128.</summary>
    public ushort Vectors { get; init; } = 8;

    /// <summary>What GET_ID returns, cut to 20 bytes.</summary>
    public string Serial { get; init; } = "virtio-reference";

    /// <summary>What happens when SWIOTLB is declined.</summary>
    public SwiotlbPolicy Policy { get; init; }

    /// <summary>Steps between the driver's write of 0 and the device presenting 0. DMA is legal meanwhile.</summary>
    public int ResetSteps { get; init; } = 3;

    /// <summary>How many chains may be used before the used index is stored.</summary>
    public int UsedBatch { get; init; } = 1;
}
