using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>What a conduct may know when it decides. One object per queue, changed as the work goes on: copy what is to be kept.</summary>
public sealed class DeviceSituation
{
    private ChainSegment[] segments = [];

    internal DeviceSituation(ushort queue) => Queue = queue;

    /// <summary>The queue.</summary>
    public ushort Queue { get; }

    /// <summary>Where the queue lies; after a reset, where it lay.</summary>
    public SplitLayout Layout { get; internal set; }

    /// <summary>What was negotiated.</summary>
    public FeatureSet Features { get; internal set; }

    /// <summary>How many chains this queue took since the device was powered on, the present one included.</summary>
    public ulong Request { get; internal set; }

    /// <summary>Head of the present or last chain.</summary>
    public ushort Head { get; internal set; }

    /// <summary>The available entry that will be looked at next.</summary>
    public RingIndex NextAvailable { get; internal set; }

    /// <summary>The used entry that will be written next.</summary>
    public RingIndex NextUsed { get; internal set; }

    /// <summary>First bus address of the bounce-buffer region; 0 if there is none or it is not mapped.</summary>
    public ulong RegionBase { get; internal set; }

    /// <summary>Bytes of the bounce-buffer region.</summary>
    public ulong RegionBytes { get; internal set; }

    /// <summary>Buffers of the present or last chain, readable ones first.</summary>
    public ReadOnlySpan<ChainSegment> Segments => segments.AsSpan(0, SegmentCount);

    internal int SegmentCount { get; private set; }

    internal ulong ReadableBytes { get; private set; }

    internal ulong WritableBytes { get; private set; }

    internal bool InRegion(ulong address, ulong length)
        => RegionBytes >= length && address >= RegionBase && address - RegionBase <= RegionBytes - length;

    internal void BeginChain(ushort head)
    {
        Head = head;
        Request++;
        SegmentCount = 0;
        ReadableBytes = 0;
        WritableBytes = 0;
    }

    /// <summary>Adds a buffer; the caller bounds how many there can be.</summary>
    internal void Add(in ChainSegment segment)
    {
        // Grows to the longest chain seen and stays: nothing is allocated for a request.
        if (SegmentCount == segments.Length) Array.Resize(ref segments, Math.Max(16, segments.Length * 2));
        segments[SegmentCount++] = segment;
        if (segment.IsWritable) WritableBytes += segment.Length;
        else ReadableBytes += segment.Length;
    }
}
