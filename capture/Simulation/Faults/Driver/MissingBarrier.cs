using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A barrier that is left out everywhere; at S6 the doorbell access orders nothing.</summary>
internal abstract class MissingBarrier : DriverFault
{
    protected abstract BarrierSite Site { get; }

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(Site);

    private sealed class Conduct(BarrierSite missing) : DriverConduct
    {
        public override BarrierKind? BarrierAt(BarrierSite site, ushort queue, BarrierKind proper)
            => site == missing ? null : proper;
    }
}
