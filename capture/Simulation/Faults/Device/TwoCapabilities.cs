using Tracing.Virtio.Device;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>Added once by the bus and once by the device. The driver uses the first.</summary>
internal sealed class TwoCapabilities : DeviceFault
{
    public override string Name => "two-capabilities";

    public override string Description =>
        "The device presents a second capability for its bounce-buffer region: the latter half of it.";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DeviceConduct
    {
        public override void ArrangeCapabilities(IList<VirtioCapability> capabilities)
        {
            if (capabilities.FirstOrDefault(capability => capability.Type == CapabilityType.Swiotlb) is not { } proper) return;
            var half = proper.Length / 2;
            capabilities.Add(proper with { Offset = proper.Offset + half, Length = half, Instance = 1 });
        }
    }
}
