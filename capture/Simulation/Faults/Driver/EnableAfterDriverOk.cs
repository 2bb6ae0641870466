using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>With DRIVER_OK the device may look at its queues, and finds none.</summary>
internal sealed class EnableAfterDriverOk : DriverFault
{
    public override string Name => "enable-after-driver-ok";

    public override string Description => "The driver enables its queues when it has set DRIVER_OK.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => Steps.MoveBehind(proper, InitStep.EnableQueues, InitStep.DriverOk);
    }
}
