using System.Text;

namespace Tracing.Schemas;

/// <summary>
/// The published hash of a text value in <see cref="Integrity"/>: FNV-1a with 64 bits over its UTF-8 bytes. Chosen since a
/// consumer in any language can restate it in five lines.
/// </summary>
public static class TextHash
{
    private const ulong OffsetBasis = 0xcbf2_9ce4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01b3;

    /// <summary>The hash of <paramref name="text"/>.</summary>
    public static ulong Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = OffsetBasis;
        foreach (var unit in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ unit) * Prime);
        return hash;
    }
}
