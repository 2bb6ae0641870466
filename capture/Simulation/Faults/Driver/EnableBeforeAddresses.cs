using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The device takes the addresses as they stand when the queue is enabled.</summary>
internal sealed class EnableBeforeAddresses : DriverFault
{
    public override string Name => "enable-before-addresses";

    public override string Description => "The driver enables its queues before it has written their addresses.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => Steps.MoveBefore(proper, InitStep.EnableQueues, InitStep.WriteAddresses);
    }
}
