using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Without ACCESS_PLATFORM a driver such as Linux' bypasses the DMA API, and with it every bounce buffer.
/// </summary>
internal sealed class PhysicalAddresses : DriverFault
{
    public override string Name => "physical-addresses";

    public override string Description =>
        "The driver passes system addresses although it accepted SWIOTLB, as nobody offered ACCESS_PLATFORM.";

    public override DeviceOptions ChangeDevice(DeviceOptions proper, Arguments arguments)
        => proper with { Features = proper.Features.Without(FeatureBit.AccessPlatform) };

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override Place PlaceOf(in MemoryUse use, Place proper) => Place.System;
    }
}
