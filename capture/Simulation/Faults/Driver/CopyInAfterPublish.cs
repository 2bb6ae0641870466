using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The device may read what the slots held before: another request's data.</summary>
internal sealed class CopyInAfterPublish : RequestFault
{
    public override string Name => "copy-in-after-publish";

    public override string Description => "The driver publishes a request and fills its bounce slots afterwards.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override bool CopiesInBeforePublishing(ushort queue, ulong request) => !occasion.Arises(queue, request);
    }
}
