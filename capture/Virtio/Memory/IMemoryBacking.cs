namespace Tracing.Virtio.Memory;

/// <summary>The bytes behind a region.</summary>
public interface IMemoryBacking
{
    /// <summary>How many there are.</summary>
    ulong Length { get; }

    /// <summary>The bytes <paramref name="offset"/> to <paramref name="offset"/> + <paramref name="length"/>. Callers stay within <see cref="Length"/>.</summary>
    Span<byte> Slice(ulong offset, int length);
}
