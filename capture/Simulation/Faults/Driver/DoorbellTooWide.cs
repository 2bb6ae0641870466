using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>One helper writes all registers, and it writes words.</summary>
internal sealed class DoorbellTooWide : DriverFault
{
    public override string Name => "doorbell-too-wide";

    public override string Description =>
        "The driver rings with 32 bits although NOTIFICATION_DATA was not negotiated.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override (ulong Value, byte Width) Doorbell(ushort queue, ulong value, byte width) => (value, 4);
    }
}
