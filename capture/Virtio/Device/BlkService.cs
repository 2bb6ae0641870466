using System.Text;
using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Device;

/// <summary>Carries out block requests: one contiguous range of memory a step.</summary>
/// <remarks>
/// What the device does not have it fills with zeros, so that the used length always counts bytes from the first writable
/// one on, and no stale bytes of a bounce buffer are taken for data.
/// </remarks>
internal sealed class BlkService : IRequestService
{
    private readonly SplitQueue queue;
    private readonly DeviceSituation situation;
    private readonly IBusMemory memory;
    private readonly IBlockBackend backend;
    private readonly PayloadDma dma;
    private readonly PayloadDma.Chunk take;
    private readonly PayloadDma.Chunk give;
    private readonly byte[] header = new byte[BlkLayout.HeaderBytes];
    private readonly byte[] id = new byte[BlkLayout.IdBytes];

    private BlkCommand command;
    private BlkStatus status;
    private bool mediumFailed;
    private int segment;
    private uint segmentDone;
    private ulong position;
    private ulong remaining;
    private bool hasHeader;

    public BlkService(SplitQueue queue, DeviceSituation situation, IBusMemory memory, IBlockBackend backend, string serial, byte[] scratch)
    {
        this.queue = queue;
        this.situation = situation;
        this.memory = memory;
        this.backend = backend;
        dma = new PayloadDma(queue, memory, scratch);
        take = TakeOut;
        give = GiveIn;
        Encoding.ASCII.GetBytes(serial.Length <= id.Length ? serial : serial[..id.Length], id);
    }

    /// <summary>Bytes written from the first writable one on.</summary>
    public uint Written { get; private set; }

    public void Begin()
    {
        hasHeader = false;
        mediumFailed = false;
        segment = 0;
        segmentDone = 0;
        Written = 0;
    }

    public Progress Step()
    {
        if (!hasHeader) return ReadHeader();
        if (remaining > 0) return MoveRange();
        return WriteStatus();
    }

    private Progress ReadHeader()
    {
        var have = 0;
        // A header may lie in several descriptors (virtio 1.3 §2.7.4.1).
        while (have < header.Length && segment < situation.SegmentCount && !situation.Segments[segment].IsWritable)
        {
            var part = situation.Segments[segment];
            var bytes = (int)Math.Min((uint)(header.Length - have), part.Length - segmentDone);
            var at = queue.RedirectPayload(unchecked(part.Address + segmentDone), (uint)bytes, write: false);
            if (!memory.TryRead(at, header.AsSpan(have, bytes))) return FailAt(at, (uint)bytes);
            queue.RecordPayload(EventKind.DmaRead, at, (uint)bytes);
            have += bytes;
            Pass((uint)bytes);
        }

        var problem = BlkCommand.TryParse(header, situation.ReadableBytes, situation.WritableBytes, out command);
        if (problem is not null)
        {
            queue.Fail(problem, situation.Head);
            return Progress.Failed;
        }

        hasHeader = true;
        status = command.Judge(backend.Length, situation.Features.Has(FeatureBit.BlkFlush));
        position = 0;
        if (command.Type == BlkRequestType.Out && status == BlkStatus.Ok) remaining = command.DataOut;
        else BeginDataIn();
        return Progress.More;
    }

    private void BeginDataIn()
    {
        while (segment < situation.SegmentCount && !situation.Segments[segment].IsWritable) segment++;
        segmentDone = 0;
        position = 0;
        remaining = command.DataIn;
    }

    private Progress MoveRange()
    {
        var part = situation.Segments[segment];
        var bytes = (uint)Math.Min(remaining, part.Length - segmentDone);
        var at = unchecked(part.Address + segmentDone);
        var moved = part.IsWritable
            ? dma.TryWrite(at, bytes, position, give, ref mediumFailed)
            : dma.TryRead(at, bytes, position, take, ref mediumFailed);
        if (!moved) return FailAt(at, bytes);
        position += bytes;
        remaining -= bytes;
        Pass(bytes);
        if (part.IsWritable) Written += bytes;
        else if (remaining == 0) BeginDataIn();
        return Progress.More;
    }

    private Progress WriteStatus()
    {
        if (command.Type == BlkRequestType.Flush && status == BlkStatus.Ok && !backend.TryFlush()) mediumFailed = true;
        if (mediumFailed) status = BlkStatus.IoError;
        var last = situation.Segments[^1];
        var at = queue.RedirectPayload(unchecked(last.Address + (last.Length - 1)), BlkLayout.StatusBytes, write: true);
        queue.RecordPayload(EventKind.DmaWrite, at, BlkLayout.StatusBytes);
        if (!memory.TryWrite(at, [(byte)status])) return FailAt(at, BlkLayout.StatusBytes);
        Written += BlkLayout.StatusBytes;
        return Progress.Done;
    }

    private void Pass(uint bytes)
    {
        segmentDone += bytes;
        if (segmentDone < situation.Segments[segment].Length) return;
        segment++;
        segmentDone = 0;
    }

    private bool TakeOut(ulong at, Span<byte> bytes) => backend.TryWrite(command.Sector * BlkLayout.SectorBytes + at, bytes);

    private bool GiveIn(ulong at, Span<byte> bytes)
    {
        if (command.Type == BlkRequestType.In && status == BlkStatus.Ok)
            return backend.TryRead(command.Sector * BlkLayout.SectorBytes + at, bytes);
        bytes.Clear();
        if (command.Type == BlkRequestType.GetId && at < (ulong)id.Length)
        {
            var rest = id.AsSpan((int)at);
            rest[..Math.Min(rest.Length, bytes.Length)].CopyTo(bytes);
        }

        return true;
    }

    private Progress FailAt(ulong address, uint bytes)
    {
        queue.Fail($"a buffer at 0x{address:x} + {bytes} bytes, part of which is no memory", situation.Head);
        return Progress.Failed;
    }
}
