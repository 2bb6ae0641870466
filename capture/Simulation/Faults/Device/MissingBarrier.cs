using Tracing.Virtio;
using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A barrier that is left out everywhere; at S11 the interrupt message orders nothing.</summary>
internal abstract class MissingBarrier : DeviceFault
{
    protected abstract BarrierSite Site { get; }

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(Site);

    private sealed class Conduct(BarrierSite missing) : DeviceConduct
    {
        public override BarrierKind? BarrierAt(BarrierSite site, BarrierKind proper, ushort queue)
            => site == missing ? null : proper;
    }
}
