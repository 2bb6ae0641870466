using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>How much a journal of ours grows at a time, unless the recording says otherwise.</summary>
public static class SegmentSize
{
    /// <summary>Bytes of a segment. Debug builds go through many small segments, so that tests walk the refill path.</summary>
#if DEBUG
    public const int DefaultBytes = 16 * JournalFormat.PageBytes;
#else
    public const int DefaultBytes = 1024 * JournalFormat.PageBytes;
#endif
}
