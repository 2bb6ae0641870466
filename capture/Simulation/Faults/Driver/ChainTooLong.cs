using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>An indirect table has room for them, but a chain is never longer than its queue.</summary>
internal sealed class ChainTooLong : RequestFault
{
    public override string Name => "chain-too-long";

    public override string Description => "A request is split into more buffers than the queue has entries.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override void Shape(ChainDraft draft)
        {
            // The data between header and status takes all the rest of the table, which has room for more than a queue.
            if (!draft.Indirect || draft.Count != 3) return;
            var (data, status) = (draft[1], draft[2]);
            var pieces = (uint)draft.Capacity - 2;
            if (data.Length < pieces || !occasion.Arises(draft.Queue, draft.Request)) return;
            var size = data.Length / pieces;
            draft[1] = data with { Length = size };
            draft[2] = data with { Address = data.Address + size, Length = size };
            for (var piece = 2u; piece < pieces; piece++)
            {
                var start = piece * size;
                draft.TryAdd(data with
                {
                    Address = data.Address + start,
                    Length = piece + 1 == pieces ? data.Length - start : size,
                });
            }

            draft.TryAdd(status);
        }
    }
}
