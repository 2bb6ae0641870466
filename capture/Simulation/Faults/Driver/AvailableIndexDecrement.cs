using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The device may have seen the index already.</summary>
internal sealed class AvailableIndexDecrement : RequestFault
{
    public override string Name => "available-index-decrement";

    public override string Description =>
        "The driver takes back the chain that it has just published: the available index goes down by one.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override void AfterPublish(in PublishedChain chain, IDriverHands hands)
        {
            if (!occasion.Arises(chain.Queue, chain.Request)) return;
            hands.StoreAvailableIndex(chain.Queue, unchecked((ushort)(chain.Index - 1)));
        }
    }
}
