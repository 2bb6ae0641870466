using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>As with a direct chain, but out of sight of whoever looks at the ring only.</summary>
internal sealed class IndirectEntryOutside : RequestFault
{
    public override string Name => "indirect-entry-outside";

    public override string Description => "One entry of an indirect table points to system memory.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Place PlaceOf(in MemoryUse use, Place proper)
            => use is { Part: Part.Payload, Index: 1, InTable: true } && occasion.Arises(use.Queue, use.Request)
                ? Place.System
                : proper;
    }
}
