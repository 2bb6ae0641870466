using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>
/// The points at which a driver can go wrong. The driver asks here and does what it is told; this class tells it what is
/// right. A fault derives and overrides, so that no machine contains a wrong path.
/// </summary>
public class DriverConduct
{
    /// <summary>What the driver knows by now.</summary>
    public DriverFacts Facts { get; } = new();

    /// <summary>A right driver accepts only what was offered, prerequisites included.</summary>
    public virtual FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper;

    /// <summary>A right driver keeps the order of virtio 1.3 §3.1.1 and leaves nothing out.</summary>
    public virtual IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper) => proper;

    /// <summary>A right driver does nothing between the steps.</summary>
    public virtual void After(InitStep step, IDriverHands hands)
    {
    }

    /// <summary>A right driver stops when the device does not keep FEATURES_OK (virtio 1.3 §3.1.1, step 6).</summary>
    public virtual bool StopsWhenRefused() => true;

    /// <summary>A right driver that sets FAILED stops there: only a reset leads on (virtio 1.3 §2.1.1).</summary>
    public virtual bool StopsWhenFailed() => true;

    /// <summary>A right driver takes back all requests before it leaves a device, unless it is planned otherwise.</summary>
    /// <param name="planned">Requests after which it is to leave; null = all.</param>
    public virtual ulong? AbandonAfter(ulong? planned) => planned;

    /// <summary>A right driver gives memory up only after the reset has completed (virtio 1.3 §3.3.1).</summary>
    public virtual IReadOnlyList<StopStep> StopOrder(IReadOnlyList<StopStep> proper) => proper;

    /// <summary>A right driver writes the right value to a register: status, size, vector, addresses, queue_enable, …</summary>
    public virtual ulong RegisterValue(RegisterName register, ushort? queue, ulong proper) => proper;

    /// <summary>A right driver with VIRTIO_F_SWIOTLB takes all memory for the device from the region.</summary>
    public virtual Place PlaceOf(in MemoryUse use, Place proper) => proper;

    /// <summary>A right driver uses, and passes on, the address of a queue area as it was allocated: aligned and inside.</summary>
    public virtual ulong AreaAddress(in MemoryUse use, ulong length, ulong proper) => proper;

    /// <summary>A right driver gives each mapping slots of its own.</summary>
    public virtual ulong MappedAddress(in MemoryUse use, uint length, ulong proper) => proper;

    /// <summary>A right driver copies as many bytes as were mapped, never as many as the device says.</summary>
    public virtual uint CopyLength(in MemoryUse use, Direction direction, uint proper) => proper;

    /// <summary>A right driver fills bounce slots before it publishes.</summary>
    public virtual bool CopiesInBeforePublishing(ushort queue, ulong request) => true;

    /// <summary>A right driver copies out after it has seen the used entry, not before.</summary>
    public virtual bool CopiesOutAfterUsed(ushort queue, ulong request) => true;

    /// <summary>A right driver unmaps after it has seen the used entry, not before.</summary>
    public virtual bool UnmapsAfterUsed(ushort queue, ulong request) => true;

    /// <summary>A right driver's chain: readable before writable, no longer than the queue, at most 2^32 bytes.</summary>
    public virtual void Shape(ChainDraft draft)
    {
    }

    /// <summary>A right driver stores the descriptor as shaped, with NEXT and next of the chain.</summary>
    public virtual Descriptor Stored(in DescriptorPlace place, Descriptor proper) => proper;

    /// <summary>A right driver's available index grows by the chains that it published.</summary>
    public virtual ushort AvailableIndex(ushort queue, ulong request, ushort old, ushort proper) => proper;

    /// <summary>A right driver leaves what it has published alone, and the BARs where they are.</summary>
    public virtual void AfterPublish(in PublishedChain chain, IDriverHands hands)
    {
    }

    /// <summary>A right driver rings with 16 bits and the queue's number (virtio 1.3 §4.1.5.2).</summary>
    public virtual (ulong Value, byte Width) Doorbell(ushort queue, ulong value, byte width) => (value, width);

    /// <summary>
    /// A right driver has the proper barrier at each of S1 to S6; null = none. S6 is the ordering of the doorbell access.
    /// </summary>
    /// <param name="site">The pair of accesses.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="proper">The weakest barrier that is right here.</param>
    public virtual BarrierKind? BarrierAt(BarrierSite site, ushort queue, BarrierKind proper) => proper;
}

/// <summary>What the driver knows, for a conduct that needs addresses or features.</summary>
public sealed class DriverFacts
{
    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The device's SWIOTLB region, where it lies now.</summary>
    public Window? Region { get; internal set; }

    /// <summary>Where the region lay in the epoch before, if it has moved.</summary>
    public Window? PreviousRegion { get; internal set; }

    /// <summary>The part of system memory that is the driver's.</summary>
    public Window SystemMemory { get; internal set; }

    /// <summary>The features that the device offered, as far as read.</summary>
    public FeatureSet Offered { get; internal set; }

    /// <summary>The features that the driver accepted.</summary>
    public FeatureSet Accepted { get; internal set; }

    /// <summary>Entries of the MSI-X table; 0 = none in use.</summary>
    public int Vectors { get; internal set; }
}

/// <summary>What a conduct can make the driver do besides. Everything is recorded like any other access of the driver.</summary>
public interface IDriverHands
{
    /// <summary>What the driver knows.</summary>
    DriverFacts Facts { get; }

    /// <summary>Reads a transport register.</summary>
    ulong ReadRegister(RegisterName register, ushort? queue = null, byte? featureWord = null);

    /// <summary>Writes a transport register.</summary>
    void WriteRegister(RegisterName register, ulong value, ushort? queue = null, byte? featureWord = null);

    /// <summary>Writes device-specific configuration.</summary>
    void WriteDeviceConfig(uint offset, byte width, ulong value);

    /// <summary>Rings a queue's doorbell.</summary>
    void RingDoorbell(ushort queue);

    /// <summary>Stores a descriptor into a queue's table.</summary>
    void StoreDescriptor(ushort queue, ushort slot, Descriptor descriptor);

    /// <summary>Loads a descriptor back from a queue's table.</summary>
    Descriptor PeekDescriptor(ushort queue, ushort slot);

    /// <summary>Stores an entry of a queue's available ring.</summary>
    void StoreAvailableEntry(ushort queue, ushort position, ushort head);

    /// <summary>Stores a queue's available index.</summary>
    void StoreAvailableIndex(ushort queue, ushort value);

    /// <summary>Maps a bounce slot, copies a little into it and unmaps it.</summary>
    void UseRegion();

    /// <summary>Writes a new base to a BAR.</summary>
    void MoveBar(byte bar, ulong address);

    /// <summary>Switches the function's memory decoding.</summary>
    void SetMemoryDecode(bool on);
}
