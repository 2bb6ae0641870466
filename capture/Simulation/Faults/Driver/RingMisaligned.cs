using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Its address is off by half of what the specification demands.</summary>
internal sealed class RingMisaligned : DriverFault
{
    public override string Name => "ring-misaligned";

    public override string Description => "One of the three queue areas is not aligned.";

    public override IReadOnlyList<Parameter> Parameters { get; } = [QueueArea.Parameter("descriptor")];

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(QueueArea.Of(arguments));

    private sealed class Conduct(Part area) : DriverConduct
    {
        public override ulong AreaAddress(in MemoryUse use, ulong length, ulong proper)
            => use.Part == area ? proper + (ulong)QueueArea.AlignmentOf(area) / 2 : proper;
    }
}
