using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A device that takes the first descriptor for the whole request and answers into it.</summary>
internal sealed class WriteReadableBuffer : StrayFault
{
    public override string Name => "write-readable-buffer";

    public override string Description => "The device writes to a request's header, which is a device-readable buffer.";

    protected override DeviceMoment Moment => DeviceMoment.BeforeUsedEntry;

    protected override StrayAct ActIn(DeviceSituation situation)
    {
        var header = situation.Segments[0];
        return new(StrayKind.Write, header.Address, header.Length);
    }
}
