using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The driver may have given the memory to somebody else by then.</summary>
internal sealed class AccessAfterUsed : StrayFault
{
    public override string Name => "access-after-used";

    public override string Description => "The device reads a request's header again after it has given the chain back.";

    protected override DeviceMoment Moment => DeviceMoment.AfterUsedIndex;

    protected override StrayAct ActIn(DeviceSituation situation)
    {
        var header = situation.Segments[0];
        return new(StrayKind.Read, header.Address, header.Length);
    }
}
