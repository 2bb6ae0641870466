using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation;

/// <summary>What the parameters of a block scenario say, and the device and driver that follow from them.</summary>
/// <param name="run">The run.</param>
public sealed class BlkSizes(RunContext run)
{
    private const int Depth = 64;
    private readonly Arguments arguments = run.Arguments;

    /// <summary>Blocks.</summary>
    public int Requests => (int)arguments.Number("requests");

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes => (int)arguments.Number("block-size");

    /// <summary>Queues.</summary>
    public int Queues => (int)arguments.Number("queues");

    /// <summary>Bytes of the bounce-buffer region, or of the window that stands for it.</summary>
    public long RegionBytes => arguments.Number("region-size");

    /// <summary>What was set for a parameter that the scenario has alone.</summary>
    public string Text(string name) => arguments.Text(name);

    /// <summary>The work on the whole disk.</summary>
    public WriteAndVerifyPlan Plan() => Plan(0, Requests);

    /// <summary>The work on the blocks from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public WriteAndVerifyPlan Plan(int first, int end) => new(end - first)
    {
        BlockBytes = BlockBytes,
        FirstSector = (ulong)first * (ulong)BlockBytes / Tracing.Virtio.Block.BlkLayout.SectorBytes,
        Key = run.Seed,
    };

    /// <summary>A device of these sizes; without a region, and so without SWIOTLB, unless the scenario adds them.</summary>
    /// <param name="features">What it offers beside what every device here offers.</param>
    public DeviceOptions Device(params ReadOnlySpan<ushort> features)
    {
        var offered = FeatureSet.Of(
            FeatureBit.Version1, FeatureBit.IndirectDescriptors, FeatureBit.EventIndex, FeatureBit.BlkSegMax,
            FeatureBit.BlkFlush, FeatureBit.BlkConfigWce, FeatureBit.BlkMultiQueue);
        foreach (var feature in features) offered = offered.With(feature);
        return new DeviceOptions
        {
            Queues = (ushort)Queues,
            QueueSize = (ushort)arguments.Number("queue-size"),
            SwiotlbBytes = 0,
            Features = offered,
        };
    }

    /// <summary>A driver that accepts all that it is offered, VIRTIO_F_SWIOTLB included, and uses the region.</summary>
    public DriverEpoch Epoch(IWorkPlan work) => new()
    {
        Work = work,
        Wanted = DriverEpoch.DefaultFeatures.With(FeatureBit.BlkConfigWce).With(FeatureBit.BlkSegMax),
        Queues = Queues,
        QueueSize = (ushort)arguments.Number("queue-size"),
        LargestRequest = BlockBytes,
        Depth = Depth,
        LooksBeyondQueues = true,
    };

    /// <summary>A driver that never heard of VIRTIO_F_SWIOTLB and uses system memory.</summary>
    public DriverEpoch UnawareEpoch(IWorkPlan work)
    {
        var epoch = Epoch(work);
        return epoch with { Wanted = epoch.Wanted.Without(FeatureBit.Swiotlb), Memory = MemoryPolicy.System };
    }
}
