using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>What the fields mean depends on features that are not settled yet.</summary>
internal sealed class ConfigWriteBeforeFeaturesOk : DriverFault
{
    public override string Name => "config-write-before-features-ok";

    public override string Description =>
        "The driver writes the device-specific configuration while it still negotiates.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        private const uint WriteBack = 32;

        public override void After(InitStep step, IDriverHands hands)
        {
            if (step == InitStep.ReadFeatures) hands.WriteDeviceConfig(WriteBack, width: 1, value: 1);
        }
    }
}
