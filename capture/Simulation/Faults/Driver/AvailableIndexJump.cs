using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// At a request without data, which waits for all before it, so that nothing else is published behind the jump.
/// QEMU knows the case: "Guest moved used index".
/// </summary>
internal sealed class AvailableIndexJump : RequestFault
{
    public override string Name => "available-index-jump";

    public override string Description =>
        "The available index jumps by more than the queue has entries, and goes on from there.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        /// <summary>The furthest that still is forwards, modulo 2^16.</summary>
        private const ushort Distance = (1 << 15) - 1;

        private ushort ahead;
        private bool hasNoData;

        public override void Shape(ChainDraft draft) => hasNoData = draft.Count == 2;

        public override ushort AvailableIndex(ushort queue, ulong request, ushort old, ushort proper)
        {
            if (hasNoData && occasion.Arises(queue, request)) ahead = Distance;
            return unchecked((ushort)(proper + ahead));
        }
    }
}
