using System.Buffers.Binary;
using System.IO.Compression;

namespace Tracing.Capture.Importing;

/// <summary>
/// An archive of several members, as <c>cat a.gz b.gz</c> makes (RFC 1952 §2.2). .NET unpacks all of them, and ends without a
/// word where one is torn: only the length behind each member (§2.3.1) tells.
/// </summary>
internal static class GzipMembers
{
    private const byte HeaderCrc = 1 << 1;
    private const byte ExtraField = 1 << 2;
    private const byte Name = 1 << 3;
    private const byte Comment = 1 << 4;

    /// <summary>
    /// Whether every member is there to its last byte. Reads the file again, at some MB/s: it is asked only where the length at
    /// the file's end is not that of all that was unpacked.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool AreWhole(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        using var bytes = new ByteByByte(file);
        try
        {
            while (TryPassHeader(bytes))
            {
                if (Unpack(bytes) != Length(bytes)) return false;
            }

            return true;
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Passes over a member's header; false where no member begins, at the end or before what pads a tape's block.</summary>
    private static bool TryPassHeader(ByteByByte bytes)
    {
        if (bytes.ReadByte() != 0x1f) return false;
        Span<byte> header = stackalloc byte[9];
        bytes.ReadExactly(header);
        if (header[0] != 0x8b) return false;
        var flags = header[2];
        if ((flags & ExtraField) != 0)
        {
            Span<byte> length = stackalloc byte[sizeof(ushort)];
            bytes.ReadExactly(length);
            bytes.ReadExactly(new byte[BinaryPrimitives.ReadUInt16LittleEndian(length)]);
        }

        if ((flags & Name) != 0) PassText(bytes);
        if ((flags & Comment) != 0) PassText(bytes);
        if ((flags & HeaderCrc) != 0) bytes.ReadExactly(header[..sizeof(ushort)]);
        return true;
    }

    private static void PassText(ByteByByte bytes)
    {
        while (bytes.ReadByte() is var letter and not 0)
        {
            if (letter < 0) throw new EndOfStreamException();
        }
    }

    private static uint Unpack(ByteByByte bytes)
    {
        using var unpacked = new DeflateStream(bytes, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[1 << 16];
        uint length = 0;
        while (unpacked.Read(buffer) is var count and > 0) length = unchecked(length + (uint)count);
        return length;
    }

    private static uint Length(ByteByByte bytes)
    {
        Span<byte> trailer = stackalloc byte[2 * sizeof(uint)];
        bytes.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]);
    }

    /// <summary>Gives one byte at a time, so that who unpacks from it takes none that stands behind the member.</summary>
    private sealed class ByteByByte(Stream stream) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int ReadByte() => stream.ReadByte();

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty || stream.ReadByte() is not (var value and >= 0)) return 0;
            buffer[0] = (byte)value;
            return 1;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
