using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>One segment of a journal that is being written: allocated, mapped and populated.</summary>
internal sealed unsafe class MappedSegment : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly int bytes;

    /// <summary>Allocates and maps a segment.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public MappedSegment(SafeFileHandle file, long offset, int index, int bytes)
    {
        this.bytes = bytes;
        FileRoom.Allocate(file, offset, bytes);
        map = MemoryMappedFile.CreateFromFile(
            file, mapName: null, offset + bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(offset, bytes);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        start = pointer + view.PointerOffset;

        // One store a page now, so that the hot path meets no page fault.
        for (var place = 0; place < bytes; place += JournalFormat.PageBytes) Volatile.Write(ref start[place], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(Header, JournalFormat.SegmentMagic);
        BinaryPrimitives.WriteInt32LittleEndian(Header[4..], index);
    }

    /// <summary>Place of the first record.</summary>
    public EventRecord* First => (EventRecord*)(start + JournalFormat.SegmentHeaderBytes);

    /// <summary>Behind the last record that an ordinary event may use.</summary>
    public EventRecord* Limit => (EventRecord*)(start + bytes) - JournalFormat.RecordsKeptForLoss;

    private Span<byte> Header => new(start, JournalFormat.SegmentHeaderBytes);

    /// <summary>Counts and sums up the records; nobody writes to the segment any more.</summary>
    public void Close(int records)
    {
        var crc = Crc32C.Of(new ReadOnlySpan<byte>(First, records * EventRecord.SizeInBytes));
        BinaryPrimitives.WriteInt32LittleEndian(Header[8..], records);
        BinaryPrimitives.WriteUInt32LittleEndian(Header[12..], crc);
        Volatile.Write(ref start[16], 1);
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}
