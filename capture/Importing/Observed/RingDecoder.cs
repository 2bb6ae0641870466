using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Importing.Observed;

/// <summary>
/// What an access to memory is to a queue: bytes at an address become descriptors, indices and entries (virtio 1.3 §2.7,
/// §2.8). An access may cover several of them, or part of one.
/// </summary>
internal static class RingDecoder
{
    private const int EventStructureBytes = 4;
    private const int WordBytes = 2;

    /// <summary>Takes an access apart.</summary>
    /// <param name="queue">The queue, all of whose areas are set.</param>
    /// <param name="isPacked">Whether it is a packed one.</param>
    /// <param name="isStore">
    /// Whether the bytes were stored. Of what is stored at once the index comes last, and of what is loaded at once it comes
    /// first: it is what hands the rest over.
    /// </param>
    /// <param name="address">Bus address of the first byte.</param>
    /// <param name="bytes">What was stored or loaded.</param>
    /// <param name="tell">Takes each part, which has neither kind nor actor, device nor queue.</param>
    /// <returns>Whether any of it lies in the queue.</returns>
    public static bool Decode(ObservedQueue queue, bool isPacked, bool isStore, ulong address, ReadOnlySpan<byte> bytes, Action<EventRecord> tell)
    {
        var access = new Access(isStore, address, bytes, tell);
        return isPacked ? Packed(queue, access) : Split(queue, access);
    }

    private static bool Split(ObservedQueue queue, in Access access)
    {
        var size = (int)queue.Size.GetValueOrDefault();
        var found = Area(access, queue.DescriptorArea, Descriptor.SizeInBytes * size, Part.DescriptorArea)
            || Descriptors(access, queue.DescriptorArea, size, Part.Descriptor, isPacked: false);
        var words = SplitLayout.RingHeaderBytes + (WordBytes * size) + WordBytes;
        found |= Area(access, queue.DriverArea, words, Part.DriverArea) || AvailableRing(access, queue.DriverArea, size);
        var entries = SplitLayout.RingHeaderBytes + (SplitLayout.UsedEntryBytes * size) + WordBytes;
        return found | (Area(access, queue.DeviceArea, entries, Part.DeviceArea) || UsedRing(access, queue.DeviceArea, size));
    }

    private static bool Packed(ObservedQueue queue, in Access access)
    {
        var size = (int)queue.Size.GetValueOrDefault();
        var found = Area(access, queue.DescriptorArea, Descriptor.SizeInBytes * size, Part.DescriptorArea)
            || Descriptors(access, queue.DescriptorArea, size, Part.PackedDescriptor, isPacked: true);
        found |= Number(access, queue.DriverArea, EventStructureBytes, Part.DriverEvent);
        return found | Number(access, queue.DeviceArea, EventStructureBytes, Part.DeviceEvent);
    }

    /// <summary>Zeroes over a whole area are told of at once.</summary>
    private static bool Area(in Access access, ulong start, int length, Part part)
    {
        if (!access.IsStore || !access.TryGet(start, length, out var bytes) || bytes.ContainsAnyExcept((byte)0)) return false;
        access.Tell(part, start, length, value: 0);
        return true;
    }

    private static bool Descriptors(in Access access, ulong start, int count, Part part, bool isPacked)
    {
        var (first, end) = access.Entries(start, Descriptor.SizeInBytes, count);
        for (var slot = first; slot < end; slot++) OneDescriptor(access, start + (ulong)(slot * Descriptor.SizeInBytes), (ushort)slot, part, isPacked);
        return first < end;
    }

    private static void OneDescriptor(in Access access, ulong start, ushort slot, Part part, bool isPacked)
    {
        var (begin, length) = access.Within(start, Descriptor.SizeInBytes);
        var record = Access.Record(part, begin, length);
        record.Slot = slot;
        if (access.TryGet(start, 8, out var address))
        {
            record.TargetSpace = AddressSpace.Bus;
            record.Target = BinaryPrimitives.ReadUInt64LittleEndian(address);
        }

        if (access.TryGet(start + 8, 4, out var size)) record.Size = BinaryPrimitives.ReadUInt32LittleEndian(size);
        // A split descriptor ends with flags and next, a packed one with id and flags (virtio 1.3 §2.7.5, §2.8.13).
        if (access.TryGet(start + (isPacked ? 14UL : 12UL), 2, out var flags)) record.Flags = BinaryPrimitives.ReadUInt16LittleEndian(flags);
        if (access.TryGet(start + (isPacked ? 12UL : 14UL), 2, out var next)) record.NextSlot = BinaryPrimitives.ReadUInt16LittleEndian(next);
        access.Tell(record);
    }

    private static bool AvailableRing(in Access access, ulong start, int size)
    {
        var found = !access.IsStore && Number(access, start + 2, WordBytes, Part.AvailableIndex);
        found |= Number(access, start, WordBytes, Part.AvailableFlags);
        var (first, end) = access.Entries(start + SplitLayout.RingHeaderBytes, WordBytes, size);
        for (var slot = first; slot < end; slot++)
            found |= Number(access, start + SplitLayout.RingHeaderBytes + (ulong)(slot * WordBytes), WordBytes, Part.AvailableEntry, (ushort)slot);
        found |= Number(access, start + SplitLayout.RingHeaderBytes + (ulong)(size * WordBytes), WordBytes, Part.UsedEvent);
        return found | (access.IsStore && Number(access, start + 2, WordBytes, Part.AvailableIndex));
    }

    private static bool UsedRing(in Access access, ulong start, int size)
    {
        var found = !access.IsStore && Number(access, start + 2, WordBytes, Part.UsedIndex);
        found |= Number(access, start, WordBytes, Part.UsedFlags);
        var (first, end) = access.Entries(start + SplitLayout.RingHeaderBytes, SplitLayout.UsedEntryBytes, size);
        for (var slot = first; slot < end; slot++) found |= UsedEntry(access, start + SplitLayout.RingHeaderBytes + (ulong)(slot * SplitLayout.UsedEntryBytes), (ushort)slot);
        found |= Number(access, start + SplitLayout.RingHeaderBytes + (ulong)(size * SplitLayout.UsedEntryBytes), WordBytes, Part.AvailableEvent);
        return found | (access.IsStore && Number(access, start + 2, WordBytes, Part.UsedIndex));
    }

    private static bool UsedEntry(in Access access, ulong start, ushort slot)
    {
        var (begin, length) = access.Within(start, SplitLayout.UsedEntryBytes);
        var record = Access.Record(Part.UsedEntry, begin, length);
        record.Slot = slot;
        if (access.TryGet(start, 4, out var id)) record.Value = BinaryPrimitives.ReadUInt32LittleEndian(id);
        if (access.TryGet(start + 4, 4, out var used)) record.Size = BinaryPrimitives.ReadUInt32LittleEndian(used);
        access.Tell(record);
        return true;
    }

    private static bool Number(in Access access, ulong start, int width, Part part, ushort? slot = null)
    {
        if (!access.TryGet(start, width, out var bytes)) return false;
        access.Tell(part, start, width, width == WordBytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes), slot);
        return true;
    }

    /// <summary>The bytes of one access.</summary>
    private readonly ref struct Access(bool isStore, ulong address, ReadOnlySpan<byte> bytes, Action<EventRecord> tell)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;

        public bool IsStore => isStore;

        /// <summary>The bytes of a field, if the access covers it.</summary>
        public bool TryGet(ulong start, int length, out ReadOnlySpan<byte> field)
        {
            field = default;
            var offset = unchecked(start - address);
            if (start < address || offset > (ulong)bytes.Length || (ulong)bytes.Length - offset < (ulong)length) return false;
            field = bytes.Slice((int)offset, length);
            return true;
        }

        /// <summary>The entries of an array that the access touches.</summary>
        public (int First, int End) Entries(ulong start, int size, int count)
        {
            var end = unchecked(address + (ulong)bytes.Length);
            var arrayEnd = unchecked(start + (ulong)(size * (long)count));
            if (end < address || arrayEnd < start || address >= arrayEnd || end <= start) return (0, 0);
            var first = address <= start ? 0 : (int)((address - start) / (ulong)size);
            var last = end >= arrayEnd ? count : (int)((end - start + (ulong)size - 1) / (ulong)size);
            return (first, last);
        }

        /// <summary>What of a structure the access touches.</summary>
        public (ulong Start, int Length) Within(ulong start, int length)
        {
            var begin = Math.Max(start, address);
            var end = Math.Min(start + (ulong)length, address + (ulong)bytes.Length);
            return (begin, (int)(end - begin));
        }

        public static EventRecord Record(Part part, ulong start, int length) => new(EventKind.Store, Actor.Driver, thread: 0)
        {
            Part = part, AddressSpace = AddressSpace.Bus, Address = start, Length = (ulong)length,
        };

        public void Tell(in EventRecord record) => tell(record);

        public void Tell(Part part, ulong start, int length, ulong value, ushort? slot = null)
            => tell(Record(part, start, length) with { Value = value, Slot = slot });
    }
}
