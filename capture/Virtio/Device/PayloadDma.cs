using Tracing.Schemas;
using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Device;

/// <summary>
/// Moves payload between guest memory and the medium in bounded chunks through one buffer. One event per contiguous
/// range, however many chunks it takes.
/// </summary>
internal sealed class PayloadDma(SplitQueue queue, IBusMemory memory, byte[] scratch)
{
    /// <summary>A chunk: large enough that its cost is the copying, small enough to stay in the cache.</summary>
    public const int ChunkBytes = 64 << 10;

    /// <summary>Gives or takes one chunk of a transfer at <paramref name="position"/> bytes from its start; false = the medium failed.</summary>
    public delegate bool Chunk(ulong position, Span<byte> bytes);

    /// <summary>Reads a range and hands it on. Returns false if the range is not memory.</summary>
    public bool TryRead(ulong address, uint length, ulong position, Chunk take, ref bool mediumFailed)
    {
        var at = queue.RedirectPayload(address, length, write: false);
        for (var done = 0u; done < length;)
        {
            var chunk = scratch.AsSpan(0, (int)Math.Min(length - done, ChunkBytes));
            if (!memory.TryRead(unchecked(at + done), chunk)) return false;
            if (!mediumFailed && !take(position + done, chunk)) mediumFailed = true;
            done += (uint)chunk.Length;
        }

        queue.RecordPayload(EventKind.DmaRead, at, length);
        return true;
    }

    /// <summary>Fills a range. Returns false if the range is not memory.</summary>
    public bool TryWrite(ulong address, uint length, ulong position, Chunk give, ref bool mediumFailed)
    {
        var at = queue.RedirectPayload(address, length, write: true);
        queue.RecordPayload(EventKind.DmaWrite, at, length);
        for (var done = 0u; done < length;)
        {
            var chunk = scratch.AsSpan(0, (int)Math.Min(length - done, ChunkBytes));
            // After a failure the rest is zeros: no stale bytes reach the driver.
            if (!mediumFailed && !give(position + done, chunk)) mediumFailed = true;
            if (mediumFailed) chunk.Clear();
            if (!memory.TryWrite(unchecked(at + done), chunk)) return false;
            done += (uint)chunk.Length;
        }

        return true;
    }
}
