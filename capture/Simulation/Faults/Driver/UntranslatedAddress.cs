using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Without ACCESS_PLATFORM nobody translates for the device.</summary>
internal sealed class UntranslatedAddress : RequestFault
{
    public override string Name => "untranslated-address";

    public override string Description =>
        "A descriptor carries a virtual address of the processor, where only physical ones are allowed.";

    public override string Scenario => "blk-system";

    /// <summary>Where a 64-bit kernel maps all physical memory.</summary>
    private const ulong DirectMap = 0xffff_8880_0000_0000;

    public override DeviceOptions ChangeDevice(DeviceOptions proper, Arguments arguments)
        => proper with { Features = proper.Features.Without(FeatureBit.AccessPlatform) };

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => place is { InTable: false, Position: 1 } && occasion.Arises(place.Queue, place.Request)
                ? proper with { Address = DirectMap | proper.Address }
                : proper;
    }
}
