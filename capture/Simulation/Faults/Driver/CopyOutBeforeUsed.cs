using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>What it takes for the device's answer is what lay in the slot.</summary>
internal sealed class CopyOutBeforeUsed : RequestFault
{
    public override string Name => "copy-out-before-used";

    public override string Description => "The driver copies a request's results out right after publishing it.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override bool CopiesOutAfterUsed(ushort queue, ulong request) => !occasion.Arises(queue, request);
    }
}
