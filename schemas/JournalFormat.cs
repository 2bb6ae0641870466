using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>
/// The journal file: what one source recorded, little-endian, written so that whatever was recorded before the writer
/// was killed can be read.
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
/// </summary>
public static class JournalFormat
{
    /// <summary>Ending of a journal's file name.</summary>
    public const string Extension = ".journal";

    /// <summary>The format that this build writes and reads.</summary>
    public const uint Version = 1;

    /// <summary>Segments and header are multiples of this, the size of a page nearly everywhere.</summary>
    public const int PageBytes = 4096;

    /// <summary>Debug builds go through many small segments, so that tests walk the refill path.</summary>
#if DEBUG
    public const int DefaultSegmentBytes = 16 * PageBytes;
#else
    public const int DefaultSegmentBytes = 4 * 1024 * 1024;
#endif

    /// <summary>The smallest segment: the longest note must fit into one.</summary>
    public const int MinSegmentBytes = 4 * PageBytes;

    /// <summary>The largest segment: a reader holds one in memory, and a journal may be hostile.</summary>
    public const int MaxSegmentBytes = 64 * 1024 * 1024;

    internal const ulong Magic = 0x4c4e_524a_5452_4956;
    internal const ulong EndMark = 0x2e64_6e65_2065_6874;
    internal const int EndMarkOffset = 40;
    internal const int EventsOffset = 48;
    internal const int LostOffset = 56;
    internal const int TextOffset = 64;
    internal const int CheckedBytes = 32;
    internal const int MaxHeaderBytes = 1024 * 1024;

    internal const uint SegmentMagic = 0x544d_4753;
    internal const int SegmentHeaderBytes = EventRecord.SizeInBytes;

    /// <summary>Records at a segment's end that only a loss event may use.</summary>
    internal const int RecordsKeptForLoss = 5;
}
