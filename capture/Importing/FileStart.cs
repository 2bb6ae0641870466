using System.Text;

namespace Tracing.Capture.Importing;

/// <summary>How a file begins, unpacked: what formats are told apart by.</summary>
/// <param name="Bytes">Its first bytes as they lie in the file.</param>
/// <param name="Lines">Its first lines, unpacked, a byte a letter.</param>
public sealed record FileStart(ReadOnlyMemory<byte> Bytes, IReadOnlyList<string> Lines)
{
    private const int BytesLookedAt = 64;
    private const int LinesLookedAt = 200;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStart Of(string path)
    {
        using var source = LineSource.Open(path);
        var lines = new List<string>();
        while (lines.Count < LinesLookedAt && source.TryRead(out var line)) lines.Add(Encoding.Latin1.GetString(line));
        return new FileStart(FirstBytes(path), lines);
    }

    private static byte[] FirstBytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[BytesLookedAt];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
