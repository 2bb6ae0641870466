namespace Tracing.Peers.Memory;

/// <summary>
/// Memory without which whoever uses it cannot go on: a driver that reads what is gone would record values that nobody
/// wrote. Its loss ends the run.
/// </summary>
/// <param name="memory">The memory; disposed of with this.</param>
/// <param name="name">What it is, for the message.</param>
/// <exception cref="IOException">From every access: the bytes are gone.</exception>
public sealed class RequiredBacking(IDisposableBacking memory, string name) : IDisposableBacking
{
    /// <inheritdoc/>
    public ulong Length => memory.Length;

    /// <inheritdoc/>
    public bool IsMapped => memory.IsMapped;

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination) => Require(memory.TryRead(offset, destination), offset);

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source) => Require(memory.TryWrite(offset, source), offset);

    /// <inheritdoc/>
    public bool TryLoad16(ulong offset, out ushort value) => Require(memory.TryLoad16(offset, out value), offset);

    /// <inheritdoc/>
    public bool TryStore16(ulong offset, ushort value) => Require(memory.TryStore16(offset, value), offset);

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    private bool Require(bool isThere, ulong offset) => isThere ? true : throw new IOException($"{name}: its memory at 0x{offset:x} is gone");
}
