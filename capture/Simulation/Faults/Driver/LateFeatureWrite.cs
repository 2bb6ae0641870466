using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// The device went by the features as they stood at FEATURES_OK; the driver goes by what it wrote later.
/// </summary>
internal sealed class LateFeatureWrite : DriverFault
{
    public override string Name => "late-feature-write";

    public override string Description => "The driver accepts one feature more when it has set FEATURES_OK.";

    public override string? Mirrors => "QEMU, \"virtio: update MemoryRegionCaches when guest set bad features\" (2020)";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper.Without(FeatureBit.BlkConfigWce);

        public override void After(InitStep step, IDriverHands hands)
        {
            if (step != InitStep.ConfirmFeatures) return;
            const byte word = 0;
            hands.WriteRegister(RegisterName.DriverFeatureSelect, word);
            hands.WriteRegister(
                RegisterName.DriverFeature,
                Facts.Accepted.With(FeatureBit.BlkConfigWce).Word(word),
                featureWord: word);
        }
    }
}
