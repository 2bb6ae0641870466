using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Payload is bounced, the table that points to it is not: it was allocated for the processor's use.
/// </summary>
internal sealed class IndirectTableOutside : RequestFault
{
    public override string Name => "indirect-table-outside";

    public override string Description => "An indirect table lies in system memory.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Place PlaceOf(in MemoryUse use, Place proper)
            => use.Part == Part.IndirectTable && occasion.Arises(use.Queue, use.Request) ? Place.System : proper;
    }
}
