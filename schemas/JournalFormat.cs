namespace Tracing.Schemas;

/// <summary>
/// The journal file: what one source recorded, little-endian, written so that whatever was recorded before the writer
/// was killed can be read. It stands here because programs that are not ours write it too (virtio_trace.h).
/// <code>
/// header page(s)                          segment 0                    segment 1
/// +--------------------------------------+----------------------------+-----
/// | fixed fields | JSON text of the run  | segment header | records … | …
/// +--------------------------------------+----------------------------+-----
///
/// header          0 magic "VIRTJRNL"       8 format version   12 header bytes      16 record bytes
///                20 schema major, minor   24 segment bytes    28 text bytes        32 CRC-32C of 0..31 and the text
///                40 end mark              48 events at end    56 events lost       64 text
/// segment header  0 magic "SGMT"           4 index             8 records           12 CRC-32C of the records
///                16 closed (0 or 1)
/// </code>
/// Header fields below 40 and the text never change. The end mark is written last of all; without it the recording did
/// not come to its end. The writer's own loss count stands in the header, so that it survives the writer too.
/// A segment's count, checksum and closed mark are written when the next segment is in use; until then each record's
/// own check is what it has. A blank record ends a segment, and a segment of blanks the journal.
/// <para>
/// A note follows its event: the event's record has the presence bit <see cref="EventRecord.NotePresence"/>; behind it, in
/// the same segment, stand as many records of kind <see cref="EventKind.Continuation"/> as the text needs, with the event's
/// time, count, actor and place. An empty note has one continuation with 0 bytes.
/// </para>
/// <code>
/// 0 .. 23                          24                                60      64
/// +------------------------------+---------------------------------+-------+
/// | header, kind = continuation  | 36 bytes of UTF-8               | bytes |
/// +------------------------------+---------------------------------+-------+
/// </code>
/// The last field, where other records have their presence mask, counts the bytes that remain, those of this record included.
/// </summary>
public static class JournalFormat
{
    /// <summary>Ending of a journal's file name.</summary>
    public const string Extension = ".journal";

    /// <summary>The format that this build writes and reads.</summary>
    public const uint Version = 1;

    /// <summary>Segments and header are multiples of this, the size of a page nearly everywhere.</summary>
    public const int PageBytes = 4096;

    /// <summary>The smallest segment: the longest note must fit into one.</summary>
    public const int MinSegmentBytes = 4 * PageBytes;

    /// <summary>The largest segment: a reader holds one in memory, and a journal may be hostile.</summary>
    public const int MaxSegmentBytes = 64 * 1024 * 1024;

    /// <summary>The file's first eight bytes, "VIRTJRNL".</summary>
    public const ulong Magic = 0x4c4e_524a_5452_4956;

    /// <summary>What stands at <see cref="EndMarkOffset"/> once the recording came to its end.</summary>
    public const ulong EndMark = 0x2e64_6e65_2065_6874;

    /// <summary>Place of the end mark in the header.</summary>
    public const int EndMarkOffset = 40;

    /// <summary>Place of the count of events at the end.</summary>
    public const int EventsOffset = 48;

    /// <summary>Place of the count of events that could not be kept.</summary>
    public const int LostOffset = 56;

    /// <summary>Place of the header's text.</summary>
    public const int TextOffset = 64;

    /// <summary>The bytes at the header's start that its CRC-32C covers, before the text.</summary>
    public const int CheckedBytes = 32;

    /// <summary>The largest header.</summary>
    public const int MaxHeaderBytes = 1024 * 1024;

    /// <summary>A segment's first four bytes, "SGMT".</summary>
    public const uint SegmentMagic = 0x544d_4753;

    /// <summary>Bytes of a segment in front of its first record.</summary>
    public const int SegmentHeaderBytes = EventRecord.SizeInBytes;

    /// <summary>Records at a segment's end that only a loss event may use.</summary>
    public const int RecordsKeptForLoss = 5;

    /// <summary>Place of a note's text in a continuation record.</summary>
    public const int NoteTextOffset = 24;

    /// <summary>Bytes of text in one continuation record.</summary>
    public const int NoteBytesPerRecord = 36;

    /// <summary>Notes are names and reasons; a longer text is cut at a letter's border.</summary>
    public const int MaxNoteBytes = 100 * NoteBytesPerRecord;
}
