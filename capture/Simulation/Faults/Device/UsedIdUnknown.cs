using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>An index into a table of the driver's, if the driver does not look.</summary>
internal sealed class UsedIdUnknown : ChainFault
{
    public override string Name => "used-id-unknown";

    public override string Description =>
        "The device returns a head that it never read from the available ring: the first id beyond the queue.";

    public override string? Mirrors => "RT-Thread issue 11326: the used id is an array index, unchecked";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(OnceOf(arguments));

    private sealed class Conduct(Once once) : DeviceConduct
    {
        public override uint UsedId(DeviceSituation situation, uint proper)
            => once.Strikes(situation) ? situation.Layout.Size.Value : proper;
    }
}
