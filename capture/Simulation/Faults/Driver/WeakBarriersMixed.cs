using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver takes the region's exemption for pairs one half of which lies outside.</summary>
internal sealed class WeakBarriersMixed : DriverFault
{
    public override string Name => "weak-barriers-mixed";

    public override string Description =>
        "With ORDER_PLATFORM and only some memory in the region the driver publishes behind a barrier that "
        + "orders processors only.";

    public override string Scenario => "blk-hint";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override BarrierKind? BarrierAt(BarrierSite site, ushort queue, BarrierKind proper)
            => site == BarrierSite.S1 ? proper with { Domain = OrderingDomain.Smp } : proper;
    }
}
