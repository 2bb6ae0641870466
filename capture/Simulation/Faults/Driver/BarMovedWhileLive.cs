using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Every address that the device was given lies in that BAR. A rebalancing of resources that comes to nothing.
/// </summary>
internal sealed class BarMovedWhileLive : RequestFault
{
    public override string Name => "bar-moved-while-live";

    public override string Description => "The BAR of the region is moved, and moved back, while the queues are live.";

    private const byte RegionBar = 2;

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override void AfterPublish(in PublishedChain chain, IDriverHands hands)
        {
            if (Facts.Region is not { } region || !occasion.Arises(chain.Queue, chain.Request)) return;
            hands.MoveBar(RegionBar, region.Start + region.Length);
            hands.MoveBar(RegionBar, region.Start);
        }
    }
}
