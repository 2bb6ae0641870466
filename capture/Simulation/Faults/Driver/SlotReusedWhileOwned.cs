using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Two requests write to one place.</summary>
internal sealed class SlotReusedWhileOwned : RequestFault
{
    public override string Name => "slot-reused-while-owned";

    public override string Description =>
        "The driver unmaps a request's bounce slots while the device has them; the next request gets them.";

    public override string? Mirrors =>
        "Linux swiotlb CVE-2022-0854 and its class: stale or foreign contents of a slot reach the wrong "
        + "buffer";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override bool UnmapsAfterUsed(ushort queue, ulong request) => !occasion.Arises(queue, request);
    }
}
