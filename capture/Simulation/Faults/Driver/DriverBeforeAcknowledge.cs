using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Two of the first steps in the wrong order.</summary>
internal sealed class DriverBeforeAcknowledge : DriverFault
{
    public override string Name => "driver-before-acknowledge";

    public override string Description => "The driver sets DRIVER before ACKNOWLEDGE.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => Steps.MoveBefore(proper, InitStep.Driver, InitStep.Acknowledge);
    }
}
