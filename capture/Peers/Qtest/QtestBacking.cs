using Tracing.Virtio.Memory;

namespace Tracing.Peers.Qtest;

/// <summary>
/// A guest's memory through qtest commands: slow, and needs no file that both sides map. A QEMU that has gone is no memory
/// that is gone: it ends the run, by the bus's exception.
/// </summary>
/// <param name="bus">The bus.</param>
/// <param name="start">First bus address.</param>
/// <param name="length">Bytes.</param>
public sealed class QtestBacking(QtestBus bus, ulong start, ulong length) : IMemoryBacking
{
    /// <inheritdoc/>
    public ulong Length => length;

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination) => bus.TryRead(start + offset, destination);

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        bus.Write(start + offset, source);
        return true;
    }

    /// <inheritdoc/>
    public bool TryLoad16(ulong offset, out ushort value)
    {
        value = (ushort)bus.ReadMemory(start + offset, sizeof(ushort));
        return true;
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong offset, ushort value)
    {
        bus.WriteMemory(start + offset, sizeof(ushort), value);
        return true;
    }
}
