using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A device reads up to the first writable element and takes that for all.</summary>
internal sealed class WritableBeforeReadable : RequestFault
{
    public override string Name => "writable-before-readable";

    public override string Description => "A chain has its status byte before the data that the device is to read.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override void Shape(ChainDraft draft)
        {
            if (draft.Count < 3 || draft[1].IsWritable || !occasion.Arises(draft.Queue, draft.Request)) return;
            (draft[1], draft[2]) = (draft[2], draft[1]);
        }
    }
}
