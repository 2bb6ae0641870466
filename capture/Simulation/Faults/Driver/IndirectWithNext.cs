using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A table ends its chain.</summary>
internal sealed class IndirectWithNext : RequestFault
{
    public override string Name => "indirect-with-next";

    public override string Description => "The descriptor of an indirect table has NEXT as well.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => proper.IsIndirect && occasion.Arises(place.Queue, place.Request)
                ? proper with { Flags = proper.Flags | DescriptorFlags.Next }
                : proper;
    }
}
