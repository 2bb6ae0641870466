using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The device leaves the barrier out at S8.</summary>
internal sealed class MissingBarrierS8 : MissingBarrier
{
    public override string Name => "missing-barrier-s8";

    public override string Description =>
        "No barrier at S8: the used index may be seen before the used entry and the payload.";

    protected override BarrierSite Site => BarrierSite.S8;
}
