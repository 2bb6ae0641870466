using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The driver keeps few requests in flight and never comes to the region's end: it is the claim that is wrong.</summary>
internal sealed class CapabilityBeyondBar : DeviceFault
{
    public override string Name => "capability-beyond-bar";

    public override string Description => "The capability claims a bounce-buffer region of one page more than its BAR has.";

    private const uint PageBytes = 4096;
    private const int FewRequests = 8;

    public override DriverEpoch ChangeEpoch(DriverEpoch proper, Arguments arguments)
        => proper with { Depth = Math.Min(proper.Depth, FewRequests) };

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DeviceConduct
    {
        public override void ArrangeCapabilities(IList<VirtioCapability> capabilities)
        {
            for (var i = 0; i < capabilities.Count; i++)
            {
                if (capabilities[i] is { Type: CapabilityType.Swiotlb } proper)
                    capabilities[i] = proper with { Length = proper.Length + PageBytes };
            }
        }
    }
}
