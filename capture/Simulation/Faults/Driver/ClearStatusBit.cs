using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A status that is composed anew instead of read, changed and written.</summary>
internal sealed class ClearStatusBit : DriverFault
{
    public override string Name => "clear-status-bit";

    public override string Description => "With DRIVER_OK the driver writes a device status that lacks ACKNOWLEDGE.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override ulong RegisterValue(RegisterName register, ushort? queue, ulong proper)
            => register == RegisterName.DeviceStatus && ((DeviceStatus)proper & DeviceStatus.DriverOk) != 0
                ? proper & ~(ulong)DeviceStatus.Acknowledge
                : proper;
    }
}
