namespace Tracing.Virtio.Memory;

/// <summary>
/// Memory under bus addresses, as driver and device reach it. No method throws because of an address: false = some byte
/// of the range is not backed, and then nothing was read; of a write the bytes before the hole may have been written.
/// </summary>
public interface IBusMemory
{
    /// <summary>Copies memory into <paramref name="destination"/>.</summary>
    bool TryRead(ulong address, Span<byte> destination);

    /// <summary>Copies <paramref name="source"/> into memory.</summary>
    bool TryWrite(ulong address, ReadOnlySpan<byte> source);

    /// <summary>Loads 16 bits at once, for ring indices and event words. Volatile; orders nothing beyond .NET's acquire.</summary>
    bool TryLoad16(ulong address, out ushort value);

    /// <summary>Stores 16 bits at once.</summary>
    bool TryStore16(ulong address, ushort value);
}
