using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A driver that copies as much as the device says copies what lies behind its bounce slot.</summary>
internal sealed class UsedLengthTooLarge : ChainFault
{
    public override string Name => "used-length-too-large";

    public override string Description => "The used length is one byte more than the chain's writable buffers have.";

    public override string? Mirrors => "Linux daf9514fd5eb \"swiotlb: Validate bounce size in the sync/unmap path\"";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(OnceOf(arguments));

    private sealed class Conduct(Once once) : DeviceConduct
    {
        public override uint UsedLength(DeviceSituation situation, uint proper)
            => once.Strikes(situation) ? WritableBytes(situation) + 1 : proper;

        private static uint WritableBytes(DeviceSituation situation)
        {
            var bytes = 0u;
            foreach (var segment in situation.Segments)
            {
                if (segment.IsWritable) bytes += segment.Length;
            }

            return bytes;
        }
    }
}
