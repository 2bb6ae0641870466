using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// Hint mode: the region is there, but nothing says that it has to be used. The driver puts its rings and about half of
/// its buffers there, so that ordering has to be right on mixed pairs as well.
/// </summary>
internal sealed class BlkHint : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-hint";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk that presents a bounce-buffer region to a driver that does not negotiate VIRTIO_F_SWIOTLB: "
        + "rings and about half of the buffers lie in the region, the rest in system memory; ORDER_PLATFORM is negotiated.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } =
    [
        BlkParameters.RegionSize(4 << 20),
        new ChoiceParameter("offer", "whether the device offers SWIOTLB, and the driver declines it", "true", ["true", "false"]),
    ];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
    {
        var device = sizes.Device(FeatureBit.AccessPlatform, FeatureBit.OrderPlatform);
        var features = sizes.Text("offer") == "true" ? device.Features.With(FeatureBit.Swiotlb) : device.Features;
        return device with { SwiotlbBytes = (uint)sizes.RegionBytes, Features = features, HintsRegion = true };
    }

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes) => 
    [
        sizes.UnawareEpoch(sizes.Plan()) with
        {
            Memory = MemoryPolicy.Mixed(50, Part.DescriptorArea, Part.DriverArea, Part.DeviceArea),
        },
    ];
}
