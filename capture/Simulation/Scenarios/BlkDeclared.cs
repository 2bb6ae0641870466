using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// A stock driver whose memory for the device comes from a bounce pool, as in a confidential guest of today; whoever records
/// declares where the pool lies, for nobody negotiates it.
/// </summary>
internal sealed class BlkDeclared : BlkScenario
{
    /// <inheritdoc />
    public override string Name => "blk-declared";

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk with a driver that knows nothing of VIRTIO_F_SWIOTLB, and whose rings and buffers all come from a pool "
        + "in system memory; the recording declares the pool as the only memory that the device may touch.";

    /// <inheritdoc />
    protected override IReadOnlyList<Parameter> OwnParameters { get; } = [BlkParameters.RegionSize(4 << 20)];

    /// <inheritdoc />
    protected override DeviceOptions Device(BlkSizes sizes)
        => sizes.Device(FeatureBit.AccessPlatform, FeatureBit.OrderPlatform);

    /// <inheritdoc />
    protected override IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes) => 
    [
        sizes.UnawareEpoch(sizes.Plan()) with
        {
            Memory = MemoryPolicy.Declared(new Window(BlkPair.DeclaredBase, (ulong)sizes.RegionBytes)),
        },
    ];

    /// <inheritdoc />
    protected override long DeclaredBytes(BlkSizes sizes) => sizes.RegionBytes;
}
