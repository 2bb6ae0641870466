using Tracing.Schemas;

namespace Tracing.Virtio;

/// <summary>A barrier, or the ordering that an access carries: what it orders and how far that reaches.</summary>
/// <param name="Ordering">What it orders.</param>
/// <param name="Domain">How far.</param>
public readonly record struct BarrierKind(Ordering Ordering, OrderingDomain Domain)
{
    /// <summary>The barrier that is right at <paramref name="site"/>.</summary>
    /// <param name="site">The pair of accesses.</param>
    /// <param name="orderPlatform">Whether VIRTIO_F_ORDER_PLATFORM was negotiated.</param>
    /// <param name="exempt">
    /// Whether both accesses lie wholly in the SWIOTLB region, where the requirements of ORDER_PLATFORM do not apply.
    /// Order itself is still needed: the exemption only lets it reach less far. Doorbells and interrupts are never exempt.
    /// </param>
    public static BarrierKind Proper(BarrierSite site, bool orderPlatform, bool exempt)
    {
        var platform = orderPlatform && !exempt;
        var plain = platform ? OrderingDomain.Dma : OrderingDomain.Smp;
        return site switch
        {
            BarrierSite.S1 => new(Ordering.Store, plain),
            BarrierSite.S3 or BarrierSite.S7 => new(Ordering.Load, plain),
            // The slot is overwritten after a load: load-store order, which a read barrier does not give.
            BarrierSite.S5 => new(Ordering.Acquire, plain),
            // Payload may have been read as well as written before it is handed back.
            BarrierSite.S8 => new(Ordering.Release, plain),
            BarrierSite.S6 or BarrierSite.S11 => new(Ordering.Release, OrderingDomain.Mmio),
            _ => new(Ordering.Full, platform ? OrderingDomain.Mmio : OrderingDomain.Smp),
        };
    }

    /// <summary>Performs it on this processor: which .NET operation that is stands in docs/decisions/0006-barriers.md.</summary>
    public void Perform()
    {
        switch (Ordering)
        {
            case Ordering.Load or Ordering.Acquire: Volatile.ReadBarrier(); break;
            case Ordering.Store or Ordering.Release: Volatile.WriteBarrier(); break;
            default: Interlocked.MemoryBarrier(); break;
        }
    }

    /// <summary>The call site's name for the note of a barrier event.</summary>
    public static string NoteOf(BarrierSite site) => site switch
    {
        BarrierSite.S1 => "S1 before available_index",
        BarrierSite.S2 => "S2 after available_index",
        BarrierSite.S3 => "S3 after used_index",
        BarrierSite.S4 => "S4 after used_event",
        BarrierSite.S5 => "S5 before reuse",
        BarrierSite.S6 => "S6 at the doorbell",
        BarrierSite.S7 => "S7 after available_index",
        BarrierSite.S8 => "S8 before used_index",
        BarrierSite.S9 => "S9 after used_index",
        BarrierSite.S10 => "S10 after available_event",
        _ => "S11 at the interrupt",
    };
}
