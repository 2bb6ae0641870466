using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Before FEATURES_OK nobody has agreed on what the region is for.</summary>
internal sealed class RegionBeforeFeaturesOk : DriverFault
{
    public override string Name => "region-before-features-ok";

    public override string Description => "The driver copies into the region while it still negotiates.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override void After(InitStep step, IDriverHands hands)
        {
            if (step == InitStep.ReadFeatures) hands.UseRegion();
        }
    }
}
