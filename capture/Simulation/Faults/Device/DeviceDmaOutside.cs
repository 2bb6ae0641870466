using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>What confinement is there to stop.</summary>
internal sealed class DeviceDmaOutside : StrayFault
{
    public override string Name => "device-dma-outside";

    public override string Description =>
        "Before it carries a request out the device reads system memory, to which no descriptor leads.";

    public override string? Mirrors =>
        "snabb pull request 624: indices found in uninitialised ring memory led to DMA at whatever address came of it";

    protected override DeviceMoment Moment => DeviceMoment.ChainFetched;

    protected override StrayAct ActIn(DeviceSituation situation)
        => new(StrayKind.Read, BlkPair.SystemMemoryBase, Length: 64);
}
