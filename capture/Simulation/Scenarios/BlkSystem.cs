using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// No region at all: what virtio is without the proposal.
/// </summary>
internal sealed class BlkSystem : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-system";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk without a bounce-buffer region: rings and buffers in system memory, with or without ACCESS_PLATFORM.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } = [
        new ChoiceParameter("access-platform", "whether the device offers ACCESS_PLATFORM", "true", ["true", "false"]),
    ];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Text("access-platform") == "true" ? sizes.Device(FeatureBit.AccessPlatform) : sizes.Device();

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes) => [sizes.UnawareEpoch(sizes.Plan())];
}
