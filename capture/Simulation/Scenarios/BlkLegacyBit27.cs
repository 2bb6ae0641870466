using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// The trap of the reused bit: on the legacy interface bit 27 is VIRTIO_F_ANY_LAYOUT, and says nothing about memory.
/// </summary>
internal sealed class BlkLegacyBit27 : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-legacy-bit27";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk on the legacy interface, where bit 27 is VIRTIO_F_ANY_LAYOUT: it is accepted, and rings and buffers lie "
        + "in system memory as they should.";

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Device(FeatureBit.AnyLayout) with { Legacy = true };

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes) => 
    [
        sizes.UnawareEpoch(sizes.Plan()) with { Legacy = true, Required = default },
    ];
}
