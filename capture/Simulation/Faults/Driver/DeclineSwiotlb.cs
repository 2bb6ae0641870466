using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The bounce-buffer region is used all the same, but nobody has promised anything.</summary>
internal sealed class DeclineSwiotlb : DriverFault
{
    public override string Name => "decline-swiotlb";

    public override string Description => "The driver declines SWIOTLB although it is offered.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper.Without(FeatureBit.Swiotlb);
    }
}
