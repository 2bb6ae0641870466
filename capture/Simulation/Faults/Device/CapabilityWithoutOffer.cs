using Tracing.Virtio;
using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The driver cannot tell whether it must use the region, and the device cannot learn that it will.</summary>
internal sealed class CapabilityWithoutOffer : DeviceFault
{
    public override string Name => "capability-without-offer";

    public override string Description =>
        "The device presents the capability of its bounce-buffer region without offering VIRTIO_F_SWIOTLB.";

    public override string Scenario => "blk-hint";

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DeviceConduct
    {
        public override FeatureSet OfferedFeatures(FeatureSet proper) => proper.Without(FeatureBit.Swiotlb);
    }
}
