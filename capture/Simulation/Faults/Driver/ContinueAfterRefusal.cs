using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Both sides now mean different things by the same bytes.</summary>
internal sealed class ContinueAfterRefusal : DriverFault
{
    public override string Name => "continue-after-refusal";

    public override string Description => "The device refuses FEATURES_OK, the driver sees it and goes on.";

    public override string Scenario => "blk-refused";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override bool StopsWhenRefused() => false;
    }
}
