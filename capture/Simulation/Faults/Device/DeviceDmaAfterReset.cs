using Tracing.Schemas;
using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A worker that the reset did not wait for.</summary>
internal sealed class DeviceDmaAfterReset : ResetFault
{
    public override string Name => "device-dma-after-reset";

    public override string Description =>
        "The device presents status 0 and looks at the available index once more.";

    protected override StrayAct ActIn(DeviceSituation situation)
        => new(StrayKind.Read, situation.Layout.AvailableIndex, Length: 2, Part.AvailableIndex);
}
