using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// The default: a disk is filled and read back, 64 MiB each way, through a device that offers VIRTIO_F_SWIOTLB and its
/// region. Every other request has an indirect table, so that both kinds of chains occur in plenty.
/// </summary>
internal sealed class BlkSwiotlb : BlkScenario
{
    /// <inheritdoc />
    public override string Name => DefaultName;

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk over PCI with VIRTIO_F_SWIOTLB: rings, tables and payload in the device's bounce-buffer region; "
        + "every block is written, read back and compared, and the image's SHA-256 is checked.";

    /// <inheritdoc />
    protected override long PresetRequests => 16 * 1024;

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } = [BlkParameters.RegionSize(4 << 20)];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Device(FeatureBit.Swiotlb, FeatureBit.AccessPlatform) with { SwiotlbBytes = (uint)sizes.RegionBytes };

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes) => [sizes.Epoch(sizes.Plan())];
}
