using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A driver that knows what its device "always" has. This device refuses FEATURES_OK.</summary>
internal sealed class AcceptUnofferedFeature : DriverFault
{
    public override string Name => "accept-unoffered-feature";

    public override string Description => "The driver accepts RING_RESET, which the device did not offer.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper.With(FeatureBit.RingReset);
    }
}
