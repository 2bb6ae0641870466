using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;
using Tracing.Virtio.Memory;

namespace Tracing.Peers.Memory;

/// <summary>Bytes of a file in this process's address space. Only for files that cannot shrink, or are ours.</summary>
public sealed unsafe class MappedBacking : IDisposableBacking
{
    private const int PageBytes = 4096;
    private readonly byte* mapping;
    private readonly byte* start;
    private readonly nuint mapped;
    private bool isUnmapped;

    private MappedBacking(byte* mapping, nuint mapped, byte* start, long length)
    {
        this.mapping = mapping;
        this.mapped = mapped;
        this.start = start;
        Length = (ulong)length;
    }

    /// <inheritdoc/>
    public ulong Length { get; }

    /// <inheritdoc/>
    public bool IsMapped => true;

    /// <summary>Maps a part of a file, which is closed.</summary>
    /// <exception cref="IOException">It cannot be mapped.</exception>
    public static MappedBacking Map(SafeFileHandle file, long offset, long length)
    {
        using (file)
        {
            // A mapping begins at a page; where in it our bytes begin is our affair.
            var before = offset % PageBytes;
            var bytes = (nuint)(before + length);
            var address = Libc.Map(0, bytes, Libc.ProtRead | Libc.ProtWrite, Libc.MapShared, file, offset - before);
            if (address == -1) throw new IOException($"0x{length:x} bytes at 0x{offset:x} cannot be mapped: {Libc.LastError()}");
            return new MappedBacking((byte*)address, bytes, (byte*)address + before, length);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        if (isUnmapped) return false;
        new ReadOnlySpan<byte>(start + offset, destination.Length).CopyTo(destination);
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        if (isUnmapped) return false;
        source.CopyTo(new Span<byte>(start + offset, source.Length));
        return true;
    }

    /// <inheritdoc/>
    public bool TryLoad16(ulong offset, out ushort value)
    {
        value = isUnmapped ? (ushort)0 : Word16.Load(new ReadOnlySpan<byte>(start + offset, sizeof(ushort)));
        return !isUnmapped;
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong offset, ushort value)
    {
        if (!isUnmapped) Word16.Store(new Span<byte>(start + offset, sizeof(ushort)), value);
        return !isUnmapped;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isUnmapped) return;
        isUnmapped = true;
        _ = Libc.Unmap((nint)mapping, mapped);
    }
}
