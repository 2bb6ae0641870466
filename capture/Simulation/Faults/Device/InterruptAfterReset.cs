using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>An interrupt that was being held back to coalesce others with it, and that nobody cancelled.</summary>
internal sealed class InterruptAfterReset : ResetFault
{
    public override string Name => "interrupt-after-reset";

    public override string Description => "The device presents status 0 and then sends a used buffer notification.";

    protected override StrayAct ActIn(DeviceSituation situation) => new(StrayKind.Interrupt);
}
