namespace Tracing.Capture.Importing.Observed;

/// <summary>
/// What was stored to memory, as far as it was seen, page by page. Bounded: what does not fit any more is not known, as what was
/// never stored is not.
/// </summary>
internal sealed class ShadowMemory
{
    private const int PageBits = 12;
    private const int PageBytes = 1 << PageBits;
    private const int MostPages = 4096;

    private readonly Dictionary<ulong, (byte[] Bytes, bool[] IsKnown)> pages = [];

    /// <summary>Bytes were stored.</summary>
    public void Stored(ulong address, ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            var place = unchecked(address + (ulong)index);
            if (PageAt(place >> PageBits) is not var (content, isKnown)) continue;
            content[place & (PageBytes - 1)] = bytes[index];
            isKnown[place & (PageBytes - 1)] = true;
        }
    }

    /// <summary>The bytes that lie there; null if not all of them are known.</summary>
    public byte[]? TryLoad(ulong address, int length)
    {
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
        {
            var place = unchecked(address + (ulong)index);
            if (!pages.TryGetValue(place >> PageBits, out var page) || !page.IsKnown[place & (PageBytes - 1)]) return null;
            bytes[index] = page.Bytes[place & (PageBytes - 1)];
        }

        return bytes;
    }

    private (byte[] Bytes, bool[] IsKnown)? PageAt(ulong number)
    {
        if (pages.TryGetValue(number, out var known)) return known;
        return pages.Count == MostPages ? null : pages[number] = (new byte[PageBytes], new bool[PageBytes]);
    }
}
