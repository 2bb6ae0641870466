using System.Buffers.Binary;
using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Device;

/// <summary>Fills the buffers of an entropy device: one a step (virtio 1.3 §5.4.6).</summary>
internal sealed class RngService : IRequestService
{
    private readonly SplitQueue queue;
    private readonly DeviceSituation situation;
    private readonly PayloadDma dma;
    private readonly PayloadDma.Chunk give;
    private ulong state;
    private int segment;

    public RngService(SplitQueue queue, DeviceSituation situation, IBusMemory memory, ulong seed, byte[] scratch)
    {
        this.queue = queue;
        this.situation = situation;
        state = seed;
        dma = new PayloadDma(queue, memory, scratch);
        give = Fill;
    }

    public uint Written { get; private set; }

    public void Begin()
    {
        segment = 0;
        Written = 0;
    }

    public Progress Step()
    {
        if (situation.ReadableBytes > 0)
        {
            // The driver must not place a device-readable buffer into this queue (virtio 1.3 §5.4.6.1).
            queue.Fail($"an entropy request with {situation.ReadableBytes} readable bytes; none was expected", situation.Head);
            return Progress.Failed;
        }

        if (segment == situation.SegmentCount) return Progress.Done;
        var part = situation.Segments[segment++];
        var failed = false;
        if (!dma.TryWrite(part.Address, part.Length, 0, give, ref failed))
        {
            queue.Fail($"a buffer at 0x{part.Address:x} + {part.Length} bytes, part of which is no memory", situation.Head);
            return Progress.Failed;
        }

        Written += part.Length;
        return segment == situation.SegmentCount ? Progress.Done : Progress.More;
    }

    private bool Fill(ulong position, Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (bytes.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
            var some = Math.Min(bytes.Length, word.Length);
            word[..some].CopyTo(bytes);
            bytes = bytes[some..];
        }

        return true;
    }

    /// <summary>xorshift64*: short, and the same everywhere.</summary>
    private ulong Next()
    {
        unchecked
        {
            state = state == 0 ? 0x9e37_79b9_7f4a_7c15 : state;
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            return state * 0x2545_f491_4f6c_dd1d;
        }
    }
}
