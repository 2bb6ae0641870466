using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>A point in the device's work at which a wrong device may do something that nobody asked for.</summary>
public enum DeviceMoment
{
    /// <summary>About to load the available index.</summary>
    BeforeAvailableIndex,

    /// <summary>A chain was fetched, its payload not yet touched.</summary>
    ChainFetched,

    /// <summary>A request was carried out, its used entry not yet written.</summary>
    BeforeUsedEntry,

    /// <summary>The used index was stored.</summary>
    AfterUsedIndex,

    /// <summary>There is nothing to do.</summary>
    Idle,

    /// <summary>Status 0 was presented after a reset.</summary>
    ResetPresented,
}

/// <summary>Something that a wrong device does unasked.</summary>
public enum StrayKind
{
    /// <summary>Reads memory.</summary>
    Read,

    /// <summary>Writes memory, with the bytes that were there.</summary>
    Write,

    /// <summary>Sends an interrupt message.</summary>
    Interrupt,
}

/// <summary>One such act.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Address">First byte; for an interrupt unused.</param>
/// <param name="Length">Bytes, at most 65536.</param>
/// <param name="Part">What the record calls it.</param>
/// <param name="Slot">The entry or, for an interrupt, the MSI-X vector.</param>
public readonly record struct StrayAct(
    StrayKind Kind, ulong Address = 0, uint Length = 0, Part Part = Part.Payload, ushort? Slot = null);

/// <summary>
/// The decisions of a device at which real ones went wrong. This class decides rightly; a fault derives and overrides.
/// Members must be deterministic and are called on the device's own steps.
/// </summary>
public class DeviceConduct
{
    /// <summary>A right device offers what its options say.</summary>
    public virtual FeatureSet OfferedFeatures(FeatureSet proper) => proper;

    /// <summary>A right device presents these structures, each inside its BAR, the SWIOTLB one once and with the offer.</summary>
    public virtual void ArrangeCapabilities(IList<VirtioCapability> capabilities)
    {
    }

    /// <summary>A right device shows FEATURES_OK for a set that it supports, and only then.</summary>
    public virtual bool AcceptsFeatures(FeatureSet accepted, bool proper) => proper;

    /// <summary>A right device shows 0 for a queue that it does not have.</summary>
    public virtual ushort QueueSizeShown(ushort queue, ushort proper) => proper;

    /// <summary>A right device consumes no buffer unless DRIVER_OK is set and it needs no reset.</summary>
    public virtual bool MayConsume(DeviceStatus status, bool proper) => proper;

    /// <summary>A right device looks at a queue when it is notified, and at DRIVER_OK. A wrong one may poll.</summary>
    public virtual bool LooksUnasked(ushort queue) => false;

    /// <summary>A right device presents 0 only when it will touch nothing any more; how many steps that takes is free.</summary>
    public virtual int ResetSteps(int proper) => proper;

    /// <summary>A right device does nothing unasked. Asked again at the same moment until it says no, 16 times at most.</summary>
    public virtual bool Strays(DeviceMoment moment, DeviceSituation situation, out StrayAct act)
    {
        act = default;
        return false;
    }

    /// <summary>A right device touches the bytes that the descriptor names.</summary>
    public virtual ulong PayloadAddress(DeviceSituation situation, ulong proper, uint length, bool write) => proper;

    /// <summary>
    /// A right device performs this barrier. Null = none; at <see cref="BarrierSite.S11"/> it is the message's own ordering.
    /// </summary>
    public virtual BarrierKind? BarrierAt(BarrierSite site, BarrierKind proper, ushort queue) => proper;

    /// <summary>A right device returns the head of the chain that it carried out.</summary>
    public virtual uint UsedId(DeviceSituation situation, uint proper) => proper;

    /// <summary>A right device returns how many bytes it wrote from the first writable byte on.</summary>
    public virtual uint UsedLength(DeviceSituation situation, uint proper) => proper;

    /// <summary>A right device returns each chain once.</summary>
    public virtual int UsedTimes(DeviceSituation situation) => 1;

    /// <summary>A right device writes the used entry's length, like its id, before the used index.</summary>
    public virtual bool WritesUsedLengthFirst(DeviceSituation situation) => true;

    /// <summary>A right device stores the used index before it interrupts.</summary>
    public virtual bool InterruptsFirst(DeviceSituation situation) => false;

    /// <summary>A right device interrupts when the driver asked for it, and seldom otherwise.</summary>
    public virtual bool Interrupts(DeviceSituation situation, bool proper) => proper;

    /// <summary>A right device asks to be notified at the entry that it will look at next.</summary>
    public virtual ushort AvailableEvent(DeviceSituation situation, ushort proper) => proper;
}
