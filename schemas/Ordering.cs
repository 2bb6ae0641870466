namespace Tracing.Schemas;

/// <summary>
/// What an access or a barrier orders. An access without a value here is plain: it orders nothing.
/// Which .NET operation counts as what is docs/decisions/0006-barriers.md.
/// </summary>
public enum Ordering : byte
{
    /// <summary>Earlier loads before later loads (a read barrier).</summary>
    Load = 1,

    /// <summary>Earlier stores before later stores (a write barrier).</summary>
    Store,

    /// <summary>Every earlier access before every later one, store to load included.</summary>
    Full,

    /// <summary>This load, or the loads before this fence, before every later access.</summary>
    Acquire,

    /// <summary>Every earlier access before this store, or before the stores behind this fence.</summary>
    Release,
}

/// <summary>How far an ordering reaches, from weakest to strongest.</summary>
public enum OrderingDomain : byte
{
    /// <summary>The compiler only: no instruction. On x86-64 this orders loads with loads and stores with stores.</summary>
    Compiler = 1,

    /// <summary>Between processors that share coherent memory: enough without VIRTIO_F_ORDER_PLATFORM.</summary>
    Smp,

    /// <summary>Between a processor and a device that accesses coherent memory.</summary>
    Dma,

    /// <summary>Also towards device memory and registers: the platform's strongest.</summary>
    Mmio,
}
