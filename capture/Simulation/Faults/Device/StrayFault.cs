using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A fault that consists of one act that nobody asked for, at one point of one chain.</summary>
internal abstract class StrayFault : ChainFault
{
    protected abstract DeviceMoment Moment { get; }

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(this, OnceOf(arguments));

    protected abstract StrayAct ActIn(DeviceSituation situation);

    private sealed class Conduct(StrayFault fault, Once once) : DeviceConduct
    {
        public override bool Strays(DeviceMoment moment, DeviceSituation situation, out StrayAct act)
        {
            act = default;
            if (moment != fault.Moment || !once.Strikes(situation)) return false;
            act = fault.ActIn(situation);
            return true;
        }
    }
}
