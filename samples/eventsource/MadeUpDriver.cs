using Tracing.Schemas;

namespace Tracing.Samples.EventSource;

/// <summary>
/// Records what a driver of one split virtqueue would: a descriptor, an available entry, a barrier, the index, the
/// doorbell (virtio 1.3 §2.7.13), over and over. There is no device, and no memory either.
/// </summary>
/// <param name="sink">Where the events go.</param>
/// <param name="seed">Decides about addresses and lengths.</param>
internal sealed class MadeUpDriver(IEventSink sink, int seed)
{
    private const int QueueSize = 256;
    private const ulong Table = 0xc000_0000;
    private const ulong Available = Table + (16 * QueueSize);
    private const ulong Payload = 0xc010_0000;

    private readonly Random random = new(seed);
    private ushort published;

    /// <summary>How many events there are.</summary>
    public ulong Events { get; private set; }

    /// <summary>Records the next event.</summary>
    public void Step()
    {
        var (slot, address) = ((ushort)(published % QueueSize), Payload + ((ulong)random.Next(1024) * 4096));
        switch (Events % 5)
        {
            case 0:
                Write(Access(Part.Descriptor, Table + (16u * slot), 16) with
                {
                    Slot = slot, TargetSpace = AddressSpace.Bus, Target = address, Size = (uint)random.Next(1, 4096), Flags = 0, NextSlot = 0,
                });
                break;
            case 1:
                Write(Access(Part.AvailableEntry, Available + 4 + (2u * slot), 2) with { Slot = slot, Value = slot });
                break;
            case 2:
                var barrier = new EventRecord(EventKind.Barrier, Actor.Driver, thread: 0, device: 0, queue: 0);
                barrier.SetOrdering(Ordering.Store, OrderingDomain.Dma);
                Write(barrier, published % 100 == 0 ? "before the index" : null);
                break;
            case 3:
                published = unchecked((ushort)(published + 1));
                Write(Access(Part.AvailableIndex, Available + 2, 2) with { Value = published });
                break;
            default:
                var doorbell = new EventRecord(EventKind.Doorbell, Actor.Driver, thread: 0, device: 0, queue: 0) { Value = 0, Width = 2 };
                doorbell.SetOrdering(Ordering.Release, OrderingDomain.Mmio);
                Write(doorbell);
                break;
        }
    }

    private static EventRecord Access(Part part, ulong address, ulong length) => new(EventKind.Store, Actor.Driver, thread: 0, device: 0, queue: 0)
    {
        Part = part, AddressSpace = AddressSpace.Bus, Address = address, Length = length,
    };

    private void Write(in EventRecord record, string? note = null)
    {
        sink.Write(in record, note);
        Events++;
    }
}
