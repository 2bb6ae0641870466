using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Scenarios;

/// <summary>
/// The default: a disk is filled and read back, 64 MiB each way, through a device that offers VIRTIO_F_SWIOTLB and its
/// region. The region is smaller than the requests that could be in flight, so that the driver also waits for room.
/// </summary>
internal sealed class BlkSwiotlb : Scenario
{
    private const int Depth = 64;

    /// <inheritdoc />
    public override string Name => DefaultName;

    /// <inheritdoc />
    public override string Description =>
        "virtio-blk over PCI with VIRTIO_F_SWIOTLB: rings, tables and payload in the device's bounce-buffer region; "
        + "every block is written, read back and compared, and the image's SHA-256 is checked.";

    /// <inheritdoc />
    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        BlkParameters.Requests(1024),
        BlkParameters.BlockSize(64 * 1024),
        BlkParameters.QueueSize(256),
        BlkParameters.Queues(1),
        BlkParameters.RegionSize(4 << 20),
        BlkParameters.Image,
    ];

    /// <inheritdoc />
    public override void Run(RunContext run)
    {
        var arguments = run.Arguments;
        var blockBytes = (int)arguments.Number("block-size");
        var queues = (int)arguments.Number("queues");
        var plan = new WriteAndVerifyPlan((int)arguments.Number("requests")) { BlockBytes = blockBytes, Key = run.Seed };
        var medium = BlkParameters.OpenMedium(arguments);
        using var image = medium as IDisposable;
        var device = new DeviceOptions
        {
            Queues = (ushort)queues,
            QueueSize = (ushort)arguments.Number("queue-size"),
            SwiotlbBytes = (uint)arguments.Number("region-size"),
        };
        var epoch = new DriverEpoch
        {
            Work = plan,
            Queues = queues,
            QueueSize = device.QueueSize,
            LargestRequest = blockBytes,
            Depth = Depth,
        };
        new BlkPair(run, device, [epoch], medium).Run();
        if (MediumDigest.Of(medium, plan.Blocks, blockBytes) != MediumDigest.Expected(plan))
            run.Fail("the image's SHA-256 is not that of the data written");
    }
}
