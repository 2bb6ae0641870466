using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The buffer that somebody forgot to bounce. The request succeeds, and nobody notices.</summary>
internal sealed class DescriptorOutside : RequestFault
{
    public override string Name => "descriptor-outside";

    public override string Description =>
        "One buffer of a direct chain is passed in place, in system memory, instead of through the region.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Place PlaceOf(in MemoryUse use, Place proper)
            => use is { Part: Part.Payload, Index: 1, InTable: false } && occasion.Arises(use.Queue, use.Request)
                ? Place.System
                : proper;
    }
}
