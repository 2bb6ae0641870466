using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>One completion reported by two workers.</summary>
internal sealed class UsedTwice : ChainFault
{
    public override string Name => "used-twice";

    public override string Description => "The device returns one chain in two used entries.";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(OnceOf(arguments));

    private sealed class Conduct(Once once) : DeviceConduct
    {
        public override int UsedTimes(DeviceSituation situation) => once.Strikes(situation) ? 2 : 1;
    }
}
