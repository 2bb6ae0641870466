using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// A device that cannot work without the feature meets a driver that does not know it. The driver finds FEATURES_OK gone,
/// sets FAILED, and neither side touches memory. If it is asked to, it tries again with what it has learnt.
/// </summary>
internal sealed class BlkRefused : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-refused";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk that requires VIRTIO_F_SWIOTLB, and a driver that does not know it: FEATURES_OK is refused, the driver "
        + "sets FAILED, and nothing is touched.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } =
    [
        BlkParameters.RegionSize(4 << 20),
        new ChoiceParameter("then", "what the driver does after it failed: nothing, or try again with SWIOTLB", "stop", ["stop", "accept"]),
    ];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Device(FeatureBit.Swiotlb, FeatureBit.AccessPlatform) with
        {
            SwiotlbBytes = (uint)sizes.RegionBytes,
            Policy = SwiotlbPolicy.Require,
        };

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes)
    {
        var refused = sizes.UnawareEpoch(sizes.Plan());
        return TriesAgain(sizes) ? [refused, sizes.Epoch(sizes.Plan())] : [refused];
    }

    /// <inheritdoc />
    protected override void Judge(RunContext run, BlkSizes sizes, DriverResult result, IBlockBackend medium)
    {
        if (!result.Refused) run.Fail("the device did not refuse a driver without SWIOTLB");
        if (!TriesAgain(sizes) && result.Requests > 0) run.Fail($"{result.Requests} requests were made of a device that refused");
        if (TriesAgain(sizes)) JudgeData(run, sizes, result, medium);
    }

    private static bool TriesAgain(BlkSizes sizes) => sizes.Text("then") == "accept";
}
