using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver leaves the barrier out at S4.</summary>
internal sealed class MissingBarrierS4 : MissingBarrier
{
    public override string Name => "missing-barrier-s4";

    public override string Description =>
        "No barrier at S4: the used index may be read again before the wish for an interrupt is written.";

    protected override BarrierSite Site => BarrierSite.S4;
}
