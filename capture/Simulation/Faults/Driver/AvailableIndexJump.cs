using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>QEMU knows the case: "Guest moved used index".</summary>
internal sealed class AvailableIndexJump : RequestFault
{
    public override string Name => "available-index-jump";

    public override string Description =>
        "The available index jumps by more than the queue has entries, and goes on from there.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        private ushort ahead;

        public override ushort AvailableIndex(ushort queue, ulong request, ushort old, ushort proper)
        {
            if (occasion.Arises(queue, request)) ahead = 1 << 15;
            return unchecked((ushort)(proper + ahead));
        }
    }
}
