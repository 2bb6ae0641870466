namespace Tracing.Virtio.Driver;

/// <summary>One use of the device, from reset to reset.</summary>
public sealed record DriverEpoch
{
    /// <summary>What to do.</summary>
    public required IWorkPlan Work { get; init; }

    /// <summary>Features to accept where they are offered.</summary>
    public FeatureSet Wanted { get; init; } = DefaultFeatures;

    /// <summary>Features without which the driver gives up.</summary>
    public FeatureSet Required { get; init; } = FeatureSet.Of(FeatureBit.Version1);

    /// <summary>Where memory for the device comes from. Once VIRTIO_F_SWIOTLB is accepted, all from the region.</summary>
    public MemoryPolicy Memory { get; init; } = MemoryPolicy.Region;

    /// <summary>Queues to use, if the device has as many.</summary>
    public int Queues { get; init; } = 1;

    /// <summary>Entries of a queue; the device's own size if that is smaller.</summary>
    public ushort QueueSize { get; init; } = 256;

    /// <summary>Requests in flight per queue.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Requests published before the driver considers a doorbell.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Greatest request, in bytes of data.</summary>
    public int LargestRequest { get; init; } = 4096;

    /// <summary>Whether to wait for interrupts; otherwise the driver polls the used ring.</summary>
    public bool Interrupts { get; init; } = true;

    /// <summary>Whether to use MSI-X where the device has it; otherwise INTx.</summary>
    public bool MessageInterrupts { get; init; } = true;

    /// <summary>Drive the legacy interface of a transitional device.</summary>
    public bool Legacy { get; init; }

    /// <summary>BARs to place before anything else, with memory decoding off.</summary>
    public IReadOnlyList<(byte Bar, ulong Address)> Bars { get; init; } = [];

    /// <summary>
    /// Whether to look at the queue behind the last one that the device counts: size 0 says that it is not there
    /// (virtio 1.3 §4.1.5.1.3).
    /// </summary>
    public bool LooksBeyondQueues { get; init; }

    /// <summary>Whether the platform's order is needed although ORDER_PLATFORM is not negotiated: a device that predates it may be hardware.</summary>
    public bool AssumesOrderPlatform { get; init; }

    /// <summary>
    /// Whether barriers inside the region reach only as far as the exemption from ORDER_PLATFORM allows. A driver that
    /// chooses its barriers once per queue, as Linux does, cannot take the exemption and asks for the platform's order.
    /// </summary>
    public bool TakesExemption { get; init; } = true;

    /// <summary>Requests, over all queues, after which the driver resets the device, whatever is in flight; null = it finishes.</summary>
    public ulong? AbandonAfter { get; init; }

    /// <summary>What a driver that knows the proposal accepts.</summary>
    public static FeatureSet DefaultFeatures { get; } = FeatureSet.Of(
        FeatureBit.Swiotlb,
        FeatureBit.Version1,
        FeatureBit.AccessPlatform,
        FeatureBit.OrderPlatform,
        FeatureBit.IndirectDescriptors,
        FeatureBit.EventIndex,
        FeatureBit.BlkFlush,
        FeatureBit.BlkMultiQueue);
}

/// <summary>What the driver is given besides its bus and its memory.</summary>
public sealed record DriverOptions
{
    /// <summary>The uses of the device, one after the other.</summary>
    public required IReadOnlyList<DriverEpoch> Epochs { get; init; }

    /// <summary>The part of system memory that is the driver's: its own buffers, and what the policy puts there.</summary>
    public required Window SystemMemory { get; init; }

    /// <summary>The device's number in the run.</summary>
    public ushort Device { get; init; }

    /// <summary>Pauses without any progress after which the driver gives up on the device.</summary>
    public int Patience { get; init; } = 200_000;
}

/// <summary>How the driver fared. Counts run over all epochs.</summary>
public sealed class DriverResult
{
    /// <summary>Requests completed.</summary>
    public ulong Requests { get; internal set; }

    /// <summary>Bytes of data written to the disk.</summary>
    public ulong BytesWritten { get; internal set; }

    /// <summary>Bytes of data read from the disk.</summary>
    public ulong BytesRead { get; internal set; }

    /// <summary>Reads that found other data than were written.</summary>
    public ulong VerificationErrors { get; internal set; }

    /// <summary>Requests whose status was not VIRTIO_BLK_S_OK.</summary>
    public ulong FailedRequests { get; internal set; }

    /// <summary>Used lengths greater than what the device could have written; the driver went by its own mapping.</summary>
    public ulong DistrustedLengths { get; internal set; }

    /// <summary>How often a request waited for room in the pool.</summary>
    public ulong BackPressure { get; internal set; }

    /// <summary>Doorbells rung.</summary>
    public ulong Doorbells { get; internal set; }

    /// <summary>Whether the device refused the accepted features.</summary>
    public bool Refused { get; internal set; }

    /// <summary>Why the driver gave up; null = it did all its work.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Whether it gave up since the memory that it was given is too small for what it was to do.</summary>
    public bool LacksRoom { get; internal set; }

    /// <summary>The features of each epoch, in order; the empty set where no negotiation succeeded.</summary>
    public IList<FeatureSet> Negotiated { get; } = [];

    /// <summary>Whether all iterators have ended.</summary>
    public bool Finished { get; internal set; }
}
