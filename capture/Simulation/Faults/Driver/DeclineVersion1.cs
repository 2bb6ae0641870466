using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// A driver from before the standard, on a device without a legacy interface, which refuses FEATURES_OK.
/// </summary>
internal sealed class DeclineVersion1 : DriverFault
{
    public override string Name => "decline-version-1";

    public override string Description => "The driver declines VERSION_1 although it is offered.";

    public override string Scenario => "blk-system";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper.Without(FeatureBit.Version1);
    }
}
