using System.Collections.Frozen;
using System.Text;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>The kernel's own events by name: up to Linux 6.17 pages are mapped, from 6.18 on physical addresses.</summary>
internal static class FtraceEvents
{
    private static readonly FrozenDictionary<string, FtraceEvent>.AlternateLookup<ReadOnlySpan<char>> byName = new Dictionary<string, FtraceEvent>
    {
        ["swiotlb_bounced"] = FtraceEvent.Bounced,
        ["dma_map_page"] = FtraceEvent.Mapped,
        ["dma_map_phys"] = FtraceEvent.Mapped,
        ["dma_map_sg"] = FtraceEvent.ListMapped,
        ["dma_alloc"] = FtraceEvent.Allocated,
        ["dma_alloc_pages"] = FtraceEvent.Allocated,
        ["dma_unmap_page"] = FtraceEvent.Unmapped,
        ["dma_unmap_phys"] = FtraceEvent.Unmapped,
        ["dma_free"] = FtraceEvent.Unmapped,
        ["dma_free_pages"] = FtraceEvent.Unmapped,
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The event of that name, or null.</summary>
    public static FtraceEvent? Find(ReadOnlySpan<byte> name)
    {
        Span<char> letters = stackalloc char[64];
        if (name.Length > letters.Length) return null;
        var count = Encoding.Latin1.GetChars(name, letters);
        return byName.TryGetValue(letters[..count], out var found) ? found : null;
    }
}
