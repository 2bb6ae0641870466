using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The queue is enabled and the driver in a hurry.</summary>
internal sealed class DoorbellBeforeDriverOk : DriverFault
{
    public override string Name => "doorbell-before-driver-ok";

    public override string Description => "The driver rings a doorbell before it sets DRIVER_OK.";

    public override string? Mirrors => "Linux virtio_scsi 52c9cf1ac3d3: the event queue was kicked before DRIVER_OK";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override void After(InitStep step, IDriverHands hands)
        {
            if (step == InitStep.EnableQueues) hands.RingDoorbell(queue: 0);
        }
    }
}
