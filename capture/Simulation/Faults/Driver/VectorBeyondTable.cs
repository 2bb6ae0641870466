using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The device answers NO_VECTOR, and the driver, which reads back, gives up.</summary>
internal sealed class VectorBeyondTable : DriverFault
{
    public override string Name => "vector-beyond-table";

    public override string Description => "The driver maps its queues to an MSI-X vector that the table does not have.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        private const ulong LastVectorThereCanBe = 0x7ff;

        public override ulong RegisterValue(RegisterName register, ushort? queue, ulong proper)
            => register == RegisterName.QueueMsixVector ? LastVectorThereCanBe : proper;
    }
}
