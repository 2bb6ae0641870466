using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The inner table would begin where the status byte lies.</summary>
internal sealed class NestedIndirect : RequestFault
{
    public override string Name => "nested-indirect";

    public override string Description => "An entry of an indirect table is INDIRECT again.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper)
            => place is { InTable: true } && place.Position + 1 == place.Count
                && occasion.Arises(place.Queue, place.Request)
                    ? new(proper.Address, Descriptor.SizeInBytes, DescriptorFlags.Indirect, 0)
                    : proper;
    }
}
