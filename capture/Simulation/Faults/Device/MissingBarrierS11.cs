using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The device leaves the ordering out at S11.</summary>
internal sealed class MissingBarrierS11 : MissingBarrier
{
    public override string Name => "missing-barrier-s11";

    public override string Description =>
        "No ordering at S11: the interrupt may arrive before the used index is seen.";

    // Without ORDER_PLATFORM the full barrier of S9, which stands before the interrupt, orders it as well.
    public override string Scenario => "blk-order-platform";

    protected override BarrierSite Site => BarrierSite.S11;
}
