using System.Buffers.Binary;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>What a journal says of itself.</summary>
/// <param name="Facts">The run's facts, with this journal's source as the only one.</param>
/// <param name="SegmentBytes">Size of a segment.</param>
public sealed record JournalHeader(RunFacts Facts, int SegmentBytes)
{
    /// <summary>The source.</summary>
    public SourceFacts Source => Facts.Sources[0];

    /// <summary>Bytes in front of the first segment.</summary>
    public int Bytes { get; private init; }

    /// <summary>The header's pages, end mark and counts still zero.</summary>
    internal byte[] Encode()
    {
        var text = SourceText.Of(Facts);
        var size = (JournalFormat.TextOffset + text.Length + JournalFormat.PageBytes - 1)
            / JournalFormat.PageBytes * JournalFormat.PageBytes;
        var page = new byte[size];
        var span = page.AsSpan();
        BinaryPrimitives.WriteUInt64LittleEndian(span, JournalFormat.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], JournalFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], (uint)size);
        BinaryPrimitives.WriteUInt32LittleEndian(span[16..], EventRecord.SizeInBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(span[20..], (ushort)RunFacts.CurrentSchema.Major);
        BinaryPrimitives.WriteUInt16LittleEndian(span[22..], (ushort)RunFacts.CurrentSchema.Minor);
        BinaryPrimitives.WriteUInt32LittleEndian(span[24..], (uint)SegmentBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(span[28..], (uint)text.Length);
        var check = Crc32C.Of(text, Crc32C.Of(span[..JournalFormat.CheckedBytes]));
        BinaryPrimitives.WriteUInt32LittleEndian(span[32..], check);
        text.CopyTo(span[JournalFormat.TextOffset..]);
        return page;
    }

    /// <summary>Reads the header at a file's start; on failure <paramref name="reason"/> says what was seen.</summary>
    internal static JournalHeader? TryDecode(ReadOnlySpan<byte> start, out string? reason)
    {
        reason = Problem(start);
        if (reason is not null) return null;
        var headerBytes = (int)BinaryPrimitives.ReadUInt32LittleEndian(start[12..]);
        var segmentBytes = (int)BinaryPrimitives.ReadUInt32LittleEndian(start[24..]);
        var text = start.Slice(JournalFormat.TextOffset, (int)BinaryPrimitives.ReadUInt32LittleEndian(start[28..]));
        return SourceText.TryParse(text, out reason) is { } facts ? new JournalHeader(facts, segmentBytes) { Bytes = headerBytes } : null;
    }

    private static string? Problem(ReadOnlySpan<byte> start)
    {
        if (start.Length < JournalFormat.PageBytes)
            return $"{start.Length} bytes are too few for a journal's header page";
        if (BinaryPrimitives.ReadUInt64LittleEndian(start) != JournalFormat.Magic)
            return "not a journal: the magic bytes VIRTJRNL are missing";
        var version = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (version != JournalFormat.Version)
            return $"journal format {version}; this program reads format {JournalFormat.Version}";
        var recordBytes = BinaryPrimitives.ReadUInt32LittleEndian(start[16..]);
        if (recordBytes != EventRecord.SizeInBytes)
            return $"records of {recordBytes} bytes; expected {EventRecord.SizeInBytes}";
        var headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(start[12..]);
        if (headerBytes is 0 or > JournalFormat.MaxHeaderBytes || headerBytes % JournalFormat.PageBytes != 0)
            return $"a header of {headerBytes} bytes; expected a multiple of {JournalFormat.PageBytes}";
        if (start.Length < headerBytes) return $"the file ends within its header of {headerBytes} bytes";
        var segmentBytes = BinaryPrimitives.ReadUInt32LittleEndian(start[24..]);
        if (segmentBytes is < JournalFormat.MinSegmentBytes or > JournalFormat.MaxSegmentBytes
            || segmentBytes % JournalFormat.PageBytes != 0)
            return $"segments of {segmentBytes} bytes; expected {JournalFormat.MinSegmentBytes} to {JournalFormat.MaxSegmentBytes}";
        var textBytes = BinaryPrimitives.ReadUInt32LittleEndian(start[28..]);
        if (textBytes > headerBytes - JournalFormat.TextOffset)
            return $"a text of {textBytes} bytes does not fit a header of {headerBytes} bytes";
        var check = Crc32C.Of(
            start.Slice(JournalFormat.TextOffset, (int)textBytes), Crc32C.Of(start[..JournalFormat.CheckedBytes]));
        return check == BinaryPrimitives.ReadUInt32LittleEndian(start[32..])
            ? null
            : "the header's CRC-32C differs: the header is damaged";
    }
}
