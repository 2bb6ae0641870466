using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Free-running indices need a size that divides 2^16.</summary>
internal sealed class QueueSizeNotPowerOfTwo : DriverFault
{
    public override string Name => "queue-size-not-power-of-two";

    public override string Description => "The driver asks for a split queue of three quarters of the size.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override ulong RegisterValue(RegisterName register, ushort? queue, ulong proper)
            => register == RegisterName.QueueSize ? proper / 4 * 3 : proper;
    }
}
