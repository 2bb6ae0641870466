using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A driver that takes bus addresses for physical ones on every platform.</summary>
internal sealed class DeclineAccessPlatform : DriverFault
{
    public override string Name => "decline-access-platform";

    public override string Description => "The driver declines ACCESS_PLATFORM although it is offered.";

    public override string Scenario => "blk-system";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper)
            => proper.Without(FeatureBit.AccessPlatform);
    }
}
