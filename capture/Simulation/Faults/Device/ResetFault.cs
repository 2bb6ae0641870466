using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A fault that consists of one act of a queue right after the device has presented status 0.</summary>
internal abstract class ResetFault : DeviceFault
{
    public sealed override string Scenario => "blk-renegotiate";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(this);

    protected abstract StrayAct ActIn(DeviceSituation situation);

    private sealed class Conduct(ResetFault fault) : DeviceConduct
    {
        // Not at the reset with which the first initialisation begins: there was no queue yet.
        private readonly Once once = new(first: 0);

        public override bool Strays(DeviceMoment moment, DeviceSituation situation, out StrayAct act)
        {
            act = default;
            if (moment != DeviceMoment.ResetPresented || !once.Strikes(situation)) return false;
            act = fault.ActIn(situation);
            return true;
        }
    }
}
