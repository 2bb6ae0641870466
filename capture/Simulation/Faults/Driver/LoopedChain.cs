using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>QEMU knows the case: "Looped descriptor".</summary>
internal sealed class LoopedChain : RequestFault
{
    public override string Name => "looped-chain";

    public override string Description => "The last descriptor of a chain has NEXT and leads to itself.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => place is { InTable: false } && !proper.IsIndirect && place.Position + 1 == place.Count
                && occasion.Arises(place.Queue, place.Request)
                    ? proper with { Flags = proper.Flags | DescriptorFlags.Next, Next = place.Slot }
                    : proper;
    }
}
