
namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Not a fault but its counterpart: accesses inside the region are exempt, and no rule may complain.
/// </summary>
internal sealed class WeakBarriersRegion : WeakBarriers
{
    public override string Name => "weak-barriers-region";

    public override string Description =>
        "With ORDER_PLATFORM and all memory in the region the driver's barriers order processors only, which "
        + "is allowed.";

    public override string Scenario => "blk-order-platform";
}
