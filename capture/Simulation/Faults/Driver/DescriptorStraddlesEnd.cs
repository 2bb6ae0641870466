using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A range check that forgets the length, or takes the end for inclusive.</summary>
internal sealed class DescriptorStraddlesEnd : RequestFault
{
    public override string Name => "descriptor-straddles-end";

    public override string Description => "A descriptor reaches one byte beyond the region's end.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => Facts.Region is { } region && place is { InTable: false, Position: 1 }
                && occasion.Arises(place.Queue, place.Request)
                    ? proper with { Address = region.Start + region.Length - proper.Length + 1 }
                    : proper;
    }
}
