using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// One device, used four times, and its region is elsewhere each time. The third use is cut off by a reset while requests
/// are in flight, and the last repeats its work.
/// </summary>
internal sealed class BlkRenegotiate : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-renegotiate";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk in four epochs: with VIRTIO_F_SWIOTLB, without it, with it and reset in the middle of its work, "
        + "and with it again; the region's BAR is moved before each.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } = [BlkParameters.RegionSize(4 << 20)];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Device(FeatureBit.Swiotlb, FeatureBit.AccessPlatform) with { SwiotlbBytes = (uint)sizes.RegionBytes };

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes)
    {
        var (first, second) = (sizes.Requests / 3, sizes.Requests * 2 / 3);
        return
        [
            sizes.Epoch(sizes.Plan(0, first)),
            sizes.UnawareEpoch(sizes.Plan(first, second)) with { Bars = MovedTo(1) },
            sizes.Epoch(sizes.Plan(second, sizes.Requests)) with
            {
                Bars = MovedTo(2),
                AbandonAfter = (ulong)Math.Max(1, (sizes.Requests - second) / 2),
            },
            sizes.Epoch(sizes.Plan(second, sizes.Requests)) with { Bars = MovedTo(3) },
        ];
    }

    /// <summary>Above all system memory, and far enough apart for the largest region.</summary>
    private static IReadOnlyList<(byte Bar, ulong Address)> MovedTo(int place)
        => [(PciVirtioDevice.RegionBar, (ulong)(place + 1) << 32)];
}
