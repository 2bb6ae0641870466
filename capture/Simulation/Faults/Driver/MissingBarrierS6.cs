using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver leaves the barrier out at S6.</summary>
internal sealed class MissingBarrierS6 : MissingBarrier
{
    public override string Name => "missing-barrier-s6";

    public override string Description =>
        "No barrier at S6: the doorbell may arrive before the available index that it announces.";

    public override string? Mirrors => "Zircon dfa4ed14de24: the barrier before the kick was commented out";

    // Without ORDER_PLATFORM the full barrier of S2, which stands before the doorbell, orders it as well.
    public override string Scenario => "blk-order-platform";

    protected override BarrierSite Site => BarrierSite.S6;
}
