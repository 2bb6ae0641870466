using Tracing.Virtio.Block;

namespace Tracing.Virtio.Driver;

/// <summary>Which requests the driver makes.</summary>
public interface IWorkPlan
{
    /// <summary>The requests of one queue, in order.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="queues">How many queues share the work.</param>
    IEnumerator<BlockRequest> RequestsOf(int queue, int queues);
}

/// <summary>
/// Writes blocks, flushes, asks for the id, then reads everything back and verifies it. Each queue has its own part of the
/// disk, so that the result does not depend on how queues interleave.
/// </summary>
/// <param name="Blocks">How many blocks to write, over all queues.</param>
public sealed record WriteAndVerifyPlan(int Blocks) : IWorkPlan
{
    /// <summary>Bytes of a block, a multiple of 512.</summary>
    public int BlockBytes { get; init; } = 4096;

    /// <summary>First sector used.</summary>
    public ulong FirstSector { get; init; }

    /// <summary>The key of the data.</summary>
    public ulong Key { get; init; } = 1;

    /// <summary>Of 100 requests, how many ask for an indirect table.</summary>
    public int IndirectPercent { get; init; } = 50;

    /// <summary>Whether to flush between writing and reading; only where VIRTIO_BLK_F_FLUSH may be used.</summary>
    public bool Flush { get; init; } = true;

    /// <summary>Whether each queue asks for the device's id once.</summary>
    public bool GetId { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerator<BlockRequest> RequestsOf(int queue, int queues)
    {
        var first = (long)Blocks * queue / queues;
        var last = (long)Blocks * (queue + 1) / queues;
        for (var block = first; block < last; block++) yield return Of(BlkRequestType.Out, block);
        if (Flush) yield return new(BlkRequestType.Flush, AfterAllBefore: true);
        if (GetId) yield return new(BlkRequestType.GetId, Length: BlkLayout.IdBytes, AfterAllBefore: true);
        for (var block = first; block < last; block++)
            yield return Of(BlkRequestType.In, block) with { AfterAllBefore = block == first };
    }

    private BlockRequest Of(BlkRequestType type, long block)
    {
        var sector = FirstSector + (ulong)block * (ulong)(BlockBytes / BlkLayout.SectorBytes);
        // Steps of 37 visit every residue of 100: the asked-for share, well mixed.
        var indirect = block * 37 % 100 < IndirectPercent;
        return new(type, sector, BlockBytes, Key, indirect);
    }
}
