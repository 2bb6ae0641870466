using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver leaves the barrier out at S2.</summary>
internal sealed class MissingBarrierS2 : MissingBarrier
{
    public override string Name => "missing-barrier-s2";

    public override string Description =>
        "No barrier at S2: the device's wish for a doorbell may be read before the available index is "
        + "written.";

    protected override BarrierSite Site => BarrierSite.S2;
}
