namespace Tracing.Virtio.Memory;

/// <summary>Bytes of an array.</summary>
public sealed class ArrayBacking(int length) : IMemoryBacking
{
    private readonly byte[] bytes = new byte[length];

    /// <inheritdoc/>
    public ulong Length => (ulong)bytes.Length;

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
    public bool TryLoad16(ulong offset, out ushort value)
    {
        value = Word16.Load(bytes.AsSpan((int)offset));
        return true;
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong offset, ushort value)
    {
        Word16.Store(bytes.AsSpan((int)offset), value);
        return true;
    }
}
