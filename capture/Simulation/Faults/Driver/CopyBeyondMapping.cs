using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A length that came from the device, or from a larger buffer, is believed.</summary>
internal sealed class CopyBeyondMapping : RequestFault
{
    public override string Name => "copy-beyond-mapping";

    public override string Description => "The driver copies more out of a bounce slot than was mapped.";

    public override string? Mirrors => "Linux daf9514fd5eb \"swiotlb: Validate bounce size in the sync/unmap path\"";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        private const uint Excess = 64;

        public override uint CopyLength(in MemoryUse use, Direction direction, uint proper)
            => direction == Direction.FromDevice && occasion.Arises(use.Queue, use.Request) ? proper + Excess : proper;
    }
}
