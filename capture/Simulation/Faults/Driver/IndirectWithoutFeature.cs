using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A driver that declines the feature and forgets one place that uses it.</summary>
internal sealed class IndirectWithoutFeature : RequestFault
{
    public override string Name => "indirect-without-feature";

    public override string Description =>
        "The driver uses an indirect table although INDIRECT_DESC was not negotiated.";

    public override DriverEpoch ChangeEpoch(DriverEpoch proper, Arguments arguments)
        => proper with { Wanted = proper.Wanted.Without(FeatureBit.IndirectDescriptors) };

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override void Shape(ChainDraft draft)
        {
            if (occasion.Arises(draft.Queue, draft.Request)) draft.Indirect = true;
        }
    }
}
