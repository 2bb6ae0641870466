using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The doorbell's place says one queue and its value another.</summary>
internal sealed class DoorbellWrongQueue : RequestFault
{
    public override string Name => "doorbell-wrong-queue";

    public override string Description =>
        "The driver rings, once more than it has to, with the number of the next queue.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        private bool isWrong;

        public override void AfterPublish(in PublishedChain chain, IDriverHands hands)
        {
            if (!occasion.Arises(chain.Queue, chain.Request)) return;
            isWrong = true;
            hands.RingDoorbell(chain.Queue);
            isWrong = false;
        }

        public override (ulong Value, byte Width) Doorbell(ushort queue, ulong value, byte width)
            => (isWrong ? value + 1 : value, width);
    }
}
