using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Well meant, but only a reset disables a queue; the specification forbids the write.</summary>
internal sealed class QueueDisabledByZero : DriverFault
{
    public override string Name => "queue-disabled-by-zero";

    public override string Description => "The driver writes 0 to queue_enable before it sets a queue up.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override void After(InitStep step, IDriverHands hands)
        {
            if (step != InitStep.MapVectors) return;
            hands.WriteRegister(RegisterName.QueueSelect, 0, queue: 0);
            hands.WriteRegister(RegisterName.QueueEnable, 0, queue: 0);
        }
    }
}
