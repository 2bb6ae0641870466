using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// ORDER_PLATFORM with the region, whose accesses are exempt from it, or with system memory, whose are not. The region
/// is smaller than the requests that could be in flight, so that the driver also waits for room.
/// </summary>
internal sealed class BlkOrderPlatform : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-order-platform";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk with VIRTIO_F_ORDER_PLATFORM; in the bounce-buffer region, where processor barriers are enough, "
        + "or in system memory without SWIOTLB, where they are not.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } =
    [
        BlkParameters.RegionSize(512 << 10),
        new ChoiceParameter("memory", "where rings and buffers lie", "region", ["region", "system"]),
        new ChoiceParameter("barriers", "the driver's barriers in the region: as weak as the exemption allows, or the platform's", "exempt", ["exempt", "platform"]),
    ];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
    {
        var device = sizes.Device(FeatureBit.AccessPlatform, FeatureBit.OrderPlatform);
        return InRegion(sizes)
            ? device with { SwiotlbBytes = (uint)sizes.RegionBytes, Features = device.Features.With(FeatureBit.Swiotlb) }
            : device;
    }

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes)
    {
        var epoch = InRegion(sizes) ? sizes.Epoch(sizes.Plan()) : sizes.UnawareEpoch(sizes.Plan());
        return [epoch with { TakesExemption = sizes.Text("barriers") == "exempt" }];
    }

    private static bool InRegion(BlkSizes sizes) => sizes.Text("memory") == "region";
}
