using Tracing.Schemas;
using Tracing.Virtio.Block;

namespace Tracing.Virtio.Driver;

/// <summary>
/// Takes one request back, one visible access per step: copies out, unmaps, then looks at what came. Nothing is allocated.
/// </summary>
internal sealed class ChainCompletion(DriverSession session, ushort queue, DriverProbes probes)
{
    private readonly SplitRing ring = session.Rings[queue];
    private readonly byte[] expected = new byte[session.Epoch.LargestRequest];
    private RequestSlot slot = null!;
    private Phase phase;
    private int index;

    private enum Phase
    {
        Done, Take, Unmap, UnmapTable, Examine,
    }

    /// <summary>The chain is the driver's again.</summary>
    /// <param name="completed">The request.</param>
    /// <param name="usedLength">What the device says that it wrote. A claim: only compared, never used as a size.</param>
    public void Begin(RequestSlot completed, uint usedLength)
    {
        slot = completed;
        if (usedLength > slot.WritableBytes) session.Result.DistrustedLengths++;
        ring.HeadOf[slot.Head] = null;
        ring.Outstanding--;
        (phase, index) = (Phase.Take, 0);
    }

    /// <summary>Makes the next access. False = the request is complete and its slot free.</summary>
    public bool Step()
    {
        switch (phase)
        {
            case Phase.Take: return Take();
            case Phase.Unmap: Unmap(); return true;
            case Phase.UnmapTable:
                probes.Unmap(queue, slot.Table);
                session.Memory.Release(ref slot.Table);
                phase = Phase.Examine;
                return true;
            case Phase.Examine: Examine(); return false;
            default: return false;
        }
    }

    private bool Take()
    {
        while (index < slot.BufferCount)
        {
            ref var mapping = ref slot.Buffers[index];
            var buffer = index++;
            if (mapping.Direction != Direction.FromDevice || !mapping.IsLive) continue;
            if (!mapping.Bounces)
            {
                probes.Payload(EventKind.Load, queue, mapping.Address, mapping.Length, slot.Head);
                return true;
            }

            if (!session.Conduct.CopiesOutAfterUsed(queue, slot.Number)) continue;
            session.Memory.CopyOut(new(queue, Part.Payload, slot.Number, buffer, slot.UsesTable), mapping, probes);
            return true;
        }

        (phase, index) = (Phase.Unmap, 0);
        return true;
    }

    private void Unmap()
    {
        ref var mapping = ref slot.Buffers[index];
        if (mapping.IsLive) probes.Unmap(queue, mapping);
        session.Memory.Release(ref mapping);
        if (++index < slot.BufferCount) return;
        phase = slot.UsesTable ? Phase.UnmapTable : Phase.Examine;
    }

    private void Examine()
    {
        phase = Phase.Done;
        for (var taken = 0; taken < slot.Descriptors; taken++) ring.FreeDescriptor(slot.Slots[taken]);
        var (status, verified) = slot.Examine(session.Memory, expected);
        var result = session.Result;
        result.Requests++;
        if (status != (byte)BlkStatus.Ok) result.FailedRequests++;
        else if (!verified) result.VerificationErrors++;
        else if (slot.Request.Type == BlkRequestType.Out) result.BytesWritten += (ulong)slot.Request.Length;
        else if (slot.Request.Type == BlkRequestType.In) result.BytesRead += (ulong)slot.Request.Length;
    }
}
