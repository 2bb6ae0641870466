using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>This device keeps the bit, so that nothing goes wrong; the next one may not.</summary>
internal sealed class FeaturesOkNotReread : DriverFault
{
    public override string Name => "features-ok-not-reread";

    public override string Description => "The driver sets FEATURES_OK and does not look whether it stays set.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => Steps.Without(proper, InitStep.ConfirmFeatures);
    }
}
