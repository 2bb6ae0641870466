using Tracing.Schemas;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>
/// Buffers put into such a queue never come back. To show it the driver looks at the queue behind the last one, as it
/// may to find out how many there are.
/// </summary>
internal sealed class PhantomQueue : DeviceFault
{
    public override string Name => "phantom-queue";

    public override string Description => "The device presents a queue_size other than 0 for a queue that it does not have.";

    private const ushort PhantomSize = 64;

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Curious();

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct();

    private sealed class Curious : DriverConduct
    {
        public override void After(InitStep step, IDriverHands hands)
        {
            if (step != InitStep.ConfirmFeatures) return;
            var behind = (ushort)hands.ReadRegister(RegisterName.NumQueues);
            hands.WriteRegister(RegisterName.QueueSelect, behind, behind);
            hands.ReadRegister(RegisterName.QueueSize, behind);
        }
    }

    private sealed class Conduct : DeviceConduct
    {
        public override ushort QueueSizeShown(ushort queue, ushort proper) => proper == 0 ? PhantomSize : proper;
    }
}
