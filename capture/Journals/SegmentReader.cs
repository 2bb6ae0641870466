using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>Reads a journal segment by segment and says of each how far its records may be trusted.</summary>
internal sealed class SegmentReader(SafeFileHandle file, JournalHeader header)
{
    private readonly long length = RandomAccess.GetLength(file);
    private EventRecord[] buffer = [];
    private long offset = header.Bytes;

    /// <summary>Which segment was read last.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Its records, blank ones at the end included; none if it is damaged.</summary>
    public ReadOnlySpan<EventRecord> Records => buffer.AsSpan(0, Count);

    /// <summary>How many records it has.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong with it as a whole, or null.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads the next segment; false at the file's end.</summary>
    public bool Read()
    {
        Count = 0;
        Damage = null;
        if (offset >= length) return false;
        Index++;
        var bytes = (int)Math.Min(header.SegmentBytes, length - offset);
        var capacity = (bytes + EventRecord.SizeInBytes - 1) / EventRecord.SizeInBytes;
        if (buffer.Length < capacity) buffer = new EventRecord[capacity];
        var target = MemoryMarshal.AsBytes(buffer.AsSpan())[..bytes];
        var got = Fill(target);
        offset += header.SegmentBytes;
        Judge(target[..got]);
        return true;
    }

    private int Fill(Span<byte> target)
    {
        var got = 0;
        while (got < target.Length)
        {
            var more = RandomAccess.Read(file, target[got..], offset + got);
            if (more == 0) break;
            got += more;
        }

        return got;
    }

    private void Judge(Span<byte> segment)
    {
        if (segment.Length < JournalFormat.SegmentHeaderBytes || segment.IndexOfAnyExcept((byte)0) < 0) return;
        var available = (segment.Length / EventRecord.SizeInBytes) - 1;
        var closed = segment[16];
        if (BinaryPrimitives.ReadUInt32LittleEndian(segment) != JournalFormat.SegmentMagic
            || BinaryPrimitives.ReadInt32LittleEndian(segment[4..]) != Index || closed > 1)
        {
            Damage = $"the header of segment {Index} is damaged";
            return;
        }

        if (closed == 1)
        {
            var records = BinaryPrimitives.ReadUInt32LittleEndian(segment[8..]);
            if (records > available)
            {
                Damage = $"segment {Index} counts {records} records; the file has {available}";
                return;
            }

            var data = segment[JournalFormat.SegmentHeaderBytes..];
            var behind = (int)records * EventRecord.SizeInBytes;
            if (data[behind..].IndexOfAnyExcept((byte)0) >= 0)
            {
                // No records have a right checksum of their own: the mark alone must not make a segment vanish.
                Damage = $"segment {Index} counts {records} records, and others follow";
                return;
            }

            available = (int)records;
            data = data[..behind];
            if (Crc32C.Of(data) != BinaryPrimitives.ReadUInt32LittleEndian(segment[12..]))
            {
                Damage = $"the CRC-32C of segment {Index} differs";
                return;
            }
        }

        // Drop the segment's own header: records begin behind it.
        buffer.AsSpan(1, available).CopyTo(buffer);
        Count = available;
    }
}
