using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// A driver written for virtual machines, whose barriers reach no further than the other processors.
/// </summary>
internal sealed class DeclineOrderPlatform : DriverFault
{
    public override string Name => "decline-order-platform";

    public override string Description => "The driver declines ORDER_PLATFORM although it is offered.";

    public override string Scenario => "blk-order-platform";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper)
            => proper.Without(FeatureBit.OrderPlatform);
    }
}
