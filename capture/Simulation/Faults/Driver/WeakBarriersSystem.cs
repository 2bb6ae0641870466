
namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Set memory=system: nothing is exempt, and every pair but the doorbell's is too weak.</summary>
internal sealed class WeakBarriersSystem : WeakBarriers
{
    public override string Name => "weak-barriers-system";

    public override string Description =>
        "With ORDER_PLATFORM and all memory in system memory the driver's barriers order processors only.";

    public override string Scenario => "blk-order-platform";
}
