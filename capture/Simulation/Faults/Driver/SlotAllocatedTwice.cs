using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Each request may be told how the other one ended.</summary>
internal sealed class SlotAllocatedTwice : RequestFault
{
    public override string Name => "slot-allocated-twice";

    public override string Description =>
        "Two requests in flight are given the same bounce slot for their status bytes.";

    public override string? Mirrors =>
        "Linux swiotlb CVE-2024-35814: double allocation of slots by broken alignment handling";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        private const int Status = 2;
        private readonly Dictionary<ushort, ulong> before = [];

        public override ulong MappedAddress(in MemoryUse use, uint length, ulong proper)
        {
            if (use is not { Part: Part.Payload, Index: Status }) return proper;
            if (before.TryGetValue(use.Queue, out var taken) && occasion.Arises(use.Queue, use.Request)) return taken;
            before[use.Queue] = proper;
            return proper;
        }
    }
}
