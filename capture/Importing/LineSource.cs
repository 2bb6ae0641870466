using System.Buffers.Binary;
using System.IO.Compression;

namespace Tracing.Capture.Importing;

/// <summary>The lines of a text file, plain or gzip, one at a time and in bounded memory.</summary>
public sealed class LineSource : IDisposable
{
    /// <summary>What of a line is kept; the rest of a longer one is passed over.</summary>
    public const int MostBytes = 64 << 10;

    private const byte NewLine = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly string path;
    private readonly Stream stream;
    private readonly uint? lastLength;
    private readonly byte[] buffer = new byte[1 << 20];
    private int start;
    private int end;
    private uint bytesRead;
    private bool atEnd;

    private LineSource(string path, Stream stream, uint? lastLength) => (this.path, this.stream, this.lastLength) = (path, stream, lastLength);

    /// <summary>The line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line has no end, since the file ended first: more may have stood in it.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Why the file ended before its end, such as a torn gzip stream; null if it did not.</summary>
    public string? Damage { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static LineSource Open(string path)
    {
        var stream = OpenUnpacked(path, out var lastLength);
        return new LineSource(path, stream, lastLength);
    }

    /// <summary>Opens a file, plain or gzip, for its bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lastLength">What an archive says at its end of its last member's length, unpacked and modulo 2^32 (RFC 1952 §2.3.1); null if it is none.</param>
    internal static Stream OpenUnpacked(string path, out uint? lastLength)
    {
        lastLength = null;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        try
        {
            if (!IsGzip(file)) return file;
            lastLength = LastLength(file);
            return new GZipStream(file, CompressionMode.Decompress);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the next line, without its end; false at the end of the file. The span is good until the next call.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        var looked = 0;
        while (true)
        {
            var length = buffer.AsSpan(start + looked, end - start - looked).IndexOf(NewLine);
            if (length >= 0)
            {
                line = Trimmed(buffer.AsSpan(start, looked + length));
                start += looked + length + 1;
                Number++;
                return true;
            }

            looked = end - start;
            if (looked > MostBytes) return PassOver(out line);
            if (Fill()) continue;
            if (looked == 0) return false;
            line = Trimmed(buffer.AsSpan(start, looked));
            start = end;
            Number++;
            IsTorn = true;
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> line)
    {
        if (line is [.. var text, CarriageReturn]) line = text;
        return line.Length > MostBytes ? line[..MostBytes] : line;
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var count = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        return count == magic.Length && magic[0] == 0x1f && magic[1] == 0x8b;
    }

    private static uint LastLength(FileStream file)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        file.Seek(-Math.Min(length.Length, file.Length), SeekOrigin.End);
        file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    /// <summary>A line without end, such as a binary file has: its beginning is the line, and what follows up to its end is lost.</summary>
    private bool PassOver(out ReadOnlySpan<byte> line)
    {
        var kept = buffer.AsSpan(start, MostBytes).ToArray();
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf(NewLine);
            start = length >= 0 ? start + length + 1 : end;
            if (length >= 0 || !Fill()) break;
        }

        Number++;
        line = kept;
        return true;
    }

    private bool Fill()
    {
        if (atEnd) return false;
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        try
        {
            var count = stream.Read(buffer, end, buffer.Length - end);
            end += count;
            bytesRead = unchecked(bytesRead + (uint)count);
            atEnd = count == 0;
            if (atEnd && lastLength is { } length && length != bytesRead && !GzipMembers.AreWhole(path)) Damage = "the archive is torn";
        }
        catch (InvalidDataException exception)
        {
            // A recording that was copied while it grew, or torn: what came before is good.
            Damage = exception.Message;
            atEnd = true;
        }

        return !atEnd;
    }
}
