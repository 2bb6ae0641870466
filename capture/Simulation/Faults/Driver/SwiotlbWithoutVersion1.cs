using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Without VERSION_1 the bit means ANY_LAYOUT: one side believes in confinement, the other has not heard of it.
/// </summary>
internal sealed class SwiotlbWithoutVersion1 : DriverFault
{
    public override string Name => "swiotlb-without-version-1";

    public override string Description => "The driver accepts bit 27 without VERSION_1.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper)
            => proper.With(FeatureBit.Swiotlb).Without(FeatureBit.Version1);
    }
}
