using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>Until the length comes the driver reads the one that stood in the slot a lap of the ring ago.</summary>
internal sealed class UsedLengthAfterIndex : ChainFault
{
    public override string Name => "used-length-after-index";

    public override string Description => "The device writes a used entry's id, then the used index, then the entry's length.";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(OnceOf(arguments));

    private sealed class Conduct(Once once) : DeviceConduct
    {
        public override bool WritesUsedLengthFirst(DeviceSituation situation) => !once.Strikes(situation);
    }
}
