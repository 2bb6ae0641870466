using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Rings are allocated by another path than payload, and that path does not know the region.</summary>
internal sealed class QueueAreaOutside : DriverFault
{
    public override string Name => "queue-area-outside";

    public override string Description => "One of the three queue areas lies in system memory.";

    public override IReadOnlyList<Parameter> Parameters { get; } = [QueueArea.Parameter("driver")];

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(QueueArea.Of(arguments));

    private sealed class Conduct(Part area) : DriverConduct
    {
        public override Place PlaceOf(in MemoryUse use, Place proper) => use.Part == area ? Place.System : proper;
    }
}
