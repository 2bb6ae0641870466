namespace Tracing.Virtio.Memory;

/// <summary>
/// The bytes behind a region. Callers stay within <see cref="Length"/>; bytes that are gone nevertheless, since another
/// process took them away, give false and never an exception or a signal.
/// </summary>
public interface IMemoryBacking
{
    /// <summary>How many bytes there are.</summary>
    ulong Length { get; }

    /// <summary>Copies bytes from <paramref name="offset"/> on into <paramref name="destination"/>.</summary>
    bool TryRead(ulong offset, Span<byte> destination);

    /// <summary>Copies <paramref name="source"/> to <paramref name="offset"/>.</summary>
    bool TryWrite(ulong offset, ReadOnlySpan<byte> source);

    /// <summary>Loads the little-endian 16 bits at an even <paramref name="offset"/> at once.</summary>
    bool TryLoad16(ulong offset, out ushort value);

    /// <summary>Stores little-endian 16 bits at an even <paramref name="offset"/> at once.</summary>
    bool TryStore16(ulong offset, ushort value);
}
