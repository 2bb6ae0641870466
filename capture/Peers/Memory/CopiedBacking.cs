using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.Memory;

/// <summary>Bytes of a file that its owner may cut off at any time: every access is a system call that says so.</summary>
/// <param name="file">The file; disposed of with this.</param>
/// <param name="start">First byte.</param>
/// <param name="length">Bytes.</param>
public sealed class CopiedBacking(SafeFileHandle file, long start, long length) : IDisposableBacking
{
    /// <inheritdoc/>
    public ulong Length => (ulong)length;

    /// <inheritdoc/>
    public bool IsMapped => false;

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        try
        {
            for (var at = start + (long)offset; destination.Length > 0;)
            {
                var got = RandomAccess.Read(file, destination, at);
                if (got == 0) return false;
                destination = destination[got..];
                at += got;
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        var at = start + (long)offset;
        try
        {
            // Writing behind its end would let the file grow again: that is no memory any more.
            if (RandomAccess.GetLength(file) < at + source.Length) return false;
            RandomAccess.Write(file, source, at);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool TryLoad16(ulong offset, out ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        var isThere = TryRead(offset, bytes);
        value = isThere ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;
        return isThere;
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong offset, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return TryWrite(offset, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
