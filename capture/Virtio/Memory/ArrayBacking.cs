namespace Tracing.Virtio.Memory;

/// <summary>Bytes of an array.</summary>
public sealed class ArrayBacking(int length) : IMemoryBacking
{
    private readonly byte[] bytes = new byte[length];

    /// <inheritdoc/>
    public ulong Length => (ulong)bytes.Length;

    /// <inheritdoc/>
    public Span<byte> Slice(ulong offset, int length) => bytes.AsSpan((int)offset, length);
}
