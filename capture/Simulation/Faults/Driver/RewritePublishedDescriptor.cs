using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>It changes the field next of the chain's last descriptor, which nobody reads: luck, not right.</summary>
internal sealed class RewritePublishedDescriptor : RequestFault
{
    public override string Name => "rewrite-published-descriptor";

    public override string Description => "The driver changes a descriptor that the device still has.";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct(OccasionOf(arguments));

    private sealed class Conduct(Occasion occasion) : DriverConduct
    {
        public override void AfterPublish(in PublishedChain chain, IDriverHands hands)
        {
            if (!occasion.Arises(chain.Queue, chain.Request)) return;
            var slot = chain.Head;
            var descriptor = hands.PeekDescriptor(chain.Queue, slot);
            while (descriptor.HasNext)
            {
                slot = descriptor.Next;
                descriptor = hands.PeekDescriptor(chain.Queue, slot);
            }

            var other = unchecked((ushort)(descriptor.Next + 1));
            hands.StoreDescriptor(chain.Queue, slot, descriptor with { Next = other });
        }
    }
}
