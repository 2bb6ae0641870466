using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Barriers that order only processors, whatever ORDER_PLATFORM says. The doorbell keeps its own.</summary>
internal abstract class WeakBarriers : DriverFault
{
    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override BarrierKind? BarrierAt(BarrierSite site, ushort queue, BarrierKind proper)
            => site == BarrierSite.S6 ? proper : proper with { Domain = OrderingDomain.Smp };
    }
}
