using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>In 64 bits the sum is small, and a careless check finds it inside.</summary>
internal sealed class DescriptorWraps : RequestFault
{
    public override string Name => "descriptor-wraps";

    public override string Description => "A descriptor's address and length add up past 2^64.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => place is { InTable: false, Position: 1 } && occasion.Arises(place.Queue, place.Request)
                ? proper with { Address = ulong.MaxValue - proper.Length / 2 }
                : proper;
    }
}
