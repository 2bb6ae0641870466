using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Two devices, one driver, one pool too few: the address is inside a region, only not inside this device's.
/// </summary>
internal sealed class SiblingRegion : RequestFault
{
    public override string Name => "sibling-region";

    public override string Description => "A descriptor points into the region of another device.";

    private const ulong SiblingBase = 0xc000_0000;
    private const int SiblingBytes = 1 << 20;
    private const ushort Sibling = 1;

    public override void ChangePlatform(GuestMemory memory, PlatformProbes platform, Arguments arguments)
    {
        platform.DeviceAppeared(Sibling, BlkLayout.DeviceType, "virtio-blk beside it");
        var region = new RegionDescription(RegionOrigin.Capability, Device: Sibling, Bar: 2);
        memory.Map(SiblingBase, new ArrayBacking(SiblingBytes), region);
    }

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => place is { InTable: false, Position: 1 } && occasion.Arises(place.Queue, place.Request)
                ? proper with { Address = SiblingBase }
                : proper;
    }
}
