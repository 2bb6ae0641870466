using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Until then the device may read what the memory held before, and take it for published buffers.</summary>
internal sealed class ZeroingAfterEnable : DriverFault
{
    public override string Name => "zeroing-after-enable";

    public override string Description => "The driver zeroes its rings when the queues are enabled already.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => Steps.MoveBehind(proper, InitStep.ZeroRings, InitStep.EnableQueues);
    }
}
