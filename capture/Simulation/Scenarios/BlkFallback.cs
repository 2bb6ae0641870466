using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// A confidential guest whose platform is kind to old drivers: the device reaches its region only, until a driver
/// declines the feature; then the platform opens system memory instead of refusing.
/// </summary>
internal sealed class BlkFallback : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-fallback";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk whose driver declines VIRTIO_F_SWIOTLB; instead of refusing, the platform drops its protection and "
        + "lets the device reach system memory.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } = [BlkParameters.RegionSize(4 << 20)];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Device(FeatureBit.Swiotlb, FeatureBit.AccessPlatform) with
        {
            SwiotlbBytes = (uint)sizes.RegionBytes,
            Policy = SwiotlbPolicy.Fallback,
        };

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes) => [sizes.UnawareEpoch(sizes.Plan())];
}
