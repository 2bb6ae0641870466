using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver leaves the barrier out at S5.</summary>
internal sealed class MissingBarrierS5 : MissingBarrier
{
    public override string Name => "missing-barrier-s5";

    public override string Description =>
        "No barrier at S5: a descriptor may be overwritten before the used entry that returned it is read.";

    protected override BarrierSite Site => BarrierSite.S5;
}
