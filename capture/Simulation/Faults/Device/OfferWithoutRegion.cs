using Tracing.Virtio;
using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A static feature mask, and a capability that is built only under a configuration option.</summary>
internal sealed class OfferWithoutRegion : DeviceFault
{
    public override string Name => "offer-without-region";

    public override string Description => "The device offers VIRTIO_F_SWIOTLB and has no bounce-buffer region.";

    public override string Scenario => "blk-system";

    public override DeviceOptions ChangeDevice(DeviceOptions proper, Arguments arguments) => proper with { SwiotlbBytes = 0 };

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DeviceConduct
    {
        public override FeatureSet OfferedFeatures(FeatureSet proper) => proper.With(FeatureBit.Swiotlb);
    }
}
