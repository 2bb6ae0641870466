using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Importing.Observed;

/// <summary>
/// The indirect tables of a queue (virtio 1.3 §2.7.5.3, §2.8.8). One is written before the descriptor that says that it is one: so
/// what was stored there is told of when that descriptor is stored, and again when its chain is made available with another
/// content. What is stored there otherwise may be anything: a table that was given back is memory like any other.
/// </summary>
/// <param name="memory">What was stored before.</param>
internal sealed class IndirectTables(ShadowMemory memory)
{
    /// <summary>More entries than any queue lets a table have (virtio 1.3 §2.7.5.3.1).</summary>
    private const int MostBytes = QueueSize.Greatest * Descriptor.SizeInBytes;

    private readonly Dictionary<ushort, Table> bySlot = [];

    /// <summary>Part of the queue is about to be stored: a descriptor may name a table, an available entry may hand one over.</summary>
    /// <param name="part">What of it is stored at once: a descriptor in pieces names no table.</param>
    /// <param name="isPacked">Whether the ring is packed.</param>
    /// <param name="tell">Takes each entry of a table.</param>
    public void Stored(in EventRecord part, bool isPacked, Action<EventRecord> tell)
    {
        if (part is { Part: Part.Descriptor or Part.PackedDescriptor, Slot: { } slot, Flags: { } flags, Target: { } start, Size: { } size })
        {
            bySlot.Remove(slot);
            if (((DescriptorFlags)flags & DescriptorFlags.Indirect) == 0 || size is 0 or > MostBytes || size % Descriptor.SizeInBytes != 0) return;
            bySlot[slot] = new Table(start, (int)size);
            Tell(bySlot[slot], isPacked, tell);
        }
        else if (part is { Part: Part.AvailableEntry, Value: <= ushort.MaxValue } && bySlot.TryGetValue((ushort)part.Value.Value, out var table))
        {
            Tell(table, isPacked, tell);
        }
    }

    private void Tell(Table table, bool isPacked, Action<EventRecord> tell)
    {
        // A table of which anything was stored unseen is not known.
        if (memory.TryLoad(table.Start, table.Bytes) is not { } bytes || (table.Told is { } told && told.AsSpan().SequenceEqual(bytes))) return;
        table.Told = bytes;
        RingDecoder.DecodeTable(table.Start, table.Bytes, isPacked, table.Start, bytes, tell);
    }

    private sealed class Table(ulong start, int bytes)
    {
        public ulong Start => start;

        public int Bytes => bytes;

        public byte[]? Told { get; set; }
    }
}
