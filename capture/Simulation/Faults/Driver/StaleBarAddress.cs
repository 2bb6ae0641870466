using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Addresses that were computed once and kept.</summary>
internal sealed class StaleBarAddress : RequestFault
{
    public override string Name => "stale-bar-address";

    public override string Description => "A descriptor points to where the region lay before its BAR was moved.";

    public override string Scenario => "blk-renegotiate";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => Facts is { Region: { } now, PreviousRegion: { } before } && place is { InTable: false, Position: 1 }
                && now.Contains(proper.Address, proper.Length) && occasion.Arises(place.Queue, place.Request)
                    ? proper with { Address = before.Start + (proper.Address - now.Start) }
                    : proper;
    }
}
