using System.Buffers.Binary;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>
/// Metadata that is known only when the last row is written, while DuckDB wants it with the first. The file is written
/// with a placeholder as long as the value can become, and the value, behind which JSON allows blanks, takes its place.
/// </summary>
internal static class LateMetadata
{
    private const int TrailerBytes = 8;
    private const int MaxFooterBytes = 512 * 1024 * 1024;
    private static readonly string[] lateKeys =
        [RunFacts.KeyPrefix + "sources", RunFacts.KeyPrefix + "source_order", RunFacts.KeyPrefix + "integrity"];

    /// <summary>The metadata to write first; <paramref name="largest"/> has the longest values that can come.</summary>
    public static Dictionary<string, string> Reserve(RunFacts largest)
    {
        var metadata = new Dictionary<string, string>(largest.ToMetadata(), StringComparer.Ordinal);
        foreach (var key in lateKeys) metadata[key] = Placeholder(key, Encoding.UTF8.GetByteCount(metadata[key]));
        metadata[FileChecksum.Key] = FileChecksum.Blank;
        return metadata;
    }

    /// <summary>Puts the values into the file's footer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reserved">What <see cref="Reserve"/> gave.</param>
    /// <param name="facts">The facts as they turned out.</param>
    public static void Settle(string path, IReadOnlyDictionary<string, string> reserved, RunFacts facts)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Seek(-TrailerBytes, SeekOrigin.End);
        file.ReadExactly(trailer);
        var length = BinaryPrimitives.ReadInt32LittleEndian(trailer);
        if (length is <= 0 or > MaxFooterBytes || length > file.Length - TrailerBytes)
            throw new InvalidDataException($"DuckDB wrote a Parquet footer of {length} bytes.");
        var start = file.Length - TrailerBytes - length;
        var footer = new byte[length];
        file.Seek(start, SeekOrigin.Begin);
        file.ReadExactly(footer);
        var metadata = facts.ToMetadata();
        foreach (var key in lateKeys) Replace(footer, reserved[key], metadata[key]);
        file.Seek(start, SeekOrigin.Begin);
        file.Write(footer);
        WriteChecksum(file, start, footer);
    }

    /// <summary>Last of all, since everything else counts.</summary>
    private static void WriteChecksum(FileStream file, long start, ReadOnlySpan<byte> footer)
    {
        var place = FileChecksum.PlaceIn(footer);
        if (place < 0) throw new InvalidDataException("The Parquet footer has no single place for the file's checksum.");
        var digits = FileChecksum.Of(file, start + place);
        file.Seek(start + place, SeekOrigin.Begin);
        file.Write(Encoding.ASCII.GetBytes(digits));
    }

    private static void Replace(Span<byte> footer, string placeholder, string value)
    {
        var pattern = Encoding.UTF8.GetBytes(placeholder);
        var text = Encoding.UTF8.GetBytes(value);
        var place = footer.LastIndexOf(pattern);
        if (place < 0 || place != footer.IndexOf(pattern) || text.Length > pattern.Length)
            throw new InvalidDataException($"The Parquet footer has no single place of {text.Length} bytes for late metadata.");
        var target = footer.Slice(place, pattern.Length);
        text.CopyTo(target);
        target[text.Length..].Fill((byte)' ');
    }

    private static string Placeholder(string key, int bytes)
    {
        var mark = $"<{key} to come>";
        return mark + new string(' ', Math.Max(0, bytes - mark.Length));
    }
}
