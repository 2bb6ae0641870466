namespace Tracing.Virtio.Block;

/// <summary>The bytes of a block device. Ranges are checked by the caller; false = the medium failed.</summary>
public interface IBlockBackend
{
    /// <summary>Bytes, a multiple of the sector size.</summary>
    ulong Length { get; }

    /// <summary>Reads from <paramref name="offset"/>.</summary>
    bool TryRead(ulong offset, Span<byte> destination);

    /// <summary>Writes at <paramref name="offset"/>.</summary>
    bool TryWrite(ulong offset, ReadOnlySpan<byte> source);

    /// <summary>Makes earlier writes durable.</summary>
    bool TryFlush();
}

/// <summary>A block device in an array.</summary>
/// <param name="sectors">Its capacity.</param>
public sealed class MemoryBlockBackend(int sectors) : IBlockBackend
{
    private readonly byte[] bytes = new byte[sectors * BlkLayout.SectorBytes];

    /// <inheritdoc/>
    public ulong Length => (ulong)bytes.Length;

    /// <summary>How often it was flushed.</summary>
    public int Flushes { get; private set; }

    /// <summary>The medium itself.</summary>
    public Span<byte> Bytes => bytes;

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        source.CopyTo(bytes.AsSpan((int)offset, source.Length));
        return true;
    }

    /// <inheritdoc/>
    public bool TryFlush()
    {
        Flushes++;
        return true;
    }
}
