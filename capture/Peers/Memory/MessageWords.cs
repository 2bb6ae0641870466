using System.Buffers.Binary;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Peers.Memory;

/// <summary>
/// Message-signalled interrupts where there is no interrupt controller to take them: each vector is aimed at a word of
/// memory, and the driver looks there.
/// </summary>
/// <param name="memory">The bus.</param>
/// <param name="start">The first word.</param>
/// <param name="vectors">How many vectors there may be.</param>
public sealed class MessageWords(IBusMemory memory, ulong start, int vectors) : IInterruptSource
{
    /// <summary>Bytes for that many vectors.</summary>
    public static ulong BytesFor(int vectors) => (ulong)vectors * sizeof(uint);

    /// <summary>There is no pin here.</summary>
    public bool Level => false;

    /// <inheritdoc/>
    public ulong MessageAddressOf(int vector) => start + ((ulong)(vector % vectors) * sizeof(uint));

    /// <inheritdoc/>
    public bool TryTake(out uint data)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        for (var vector = 0; vector < vectors; vector++)
        {
            var address = MessageAddressOf(vector);
            if (!memory.TryRead(address, word)) break;
            data = BinaryPrimitives.ReadUInt32LittleEndian(word);
            if (data == 0) continue;
            word.Clear();
            memory.TryWrite(address, word);
            return true;
        }

        data = 0;
        return false;
    }
}
