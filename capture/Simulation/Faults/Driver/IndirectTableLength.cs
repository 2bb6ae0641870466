using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Half an entry too much.</summary>
internal sealed class IndirectTableLength : RequestFault
{
    public override string Name => "indirect-table-length";

    public override string Description => "The length of an indirect table is no multiple of a descriptor's.";

    public override string? Mirrors => "Linux vhost CVE-2019-14835: descriptor counts were trusted";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => proper.IsIndirect && occasion.Arises(place.Queue, place.Request)
                ? proper with { Length = proper.Length + Descriptor.SizeInBytes / 2 }
                : proper;
    }
}
