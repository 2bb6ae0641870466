using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracing.Schemas;

/// <summary>
/// One event, 64 bytes, one cache line: what a journal stores and what every producer hands to an <see cref="IEventSink"/>.
/// </summary>
/// <remarks>
/// <code>
///  0        8            12     14     16     18   19    20   21       22      23    24
/// +--------+------------+------+------+------+----+-----+----+--------+-------+-----+
/// | time   | source seq | dev  | queue|thread|kind|actor|part|ordering| spaces|state|   header
/// +--------+------------+------+------+------+----+-----+----+--------+-------+-----+
/// 24        32                        40       48     50        52              56          60      64
/// +---------+-------------------------+--------+------+---------+---------------+-----------+-------+
/// | address | value | target | digest | length | slot | head |  | size | offset | flags ... | which |  payload
/// +---------+-------------------------+--------+------+---------+---------------+-----------+-------+
/// </code>
/// Columns that no single event needs together share bytes; the mask at 60 says which of them are there, so that a
/// reader never guesses. Where each column lies is stated once, in <see cref="Columns"/>.
/// <para>Sinks fill <see cref="Time"/>, <see cref="SourceCount"/> and <see cref="State"/>; probes fill the rest.</para>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct EventRecord
{
    /// <summary>Bytes of a record.</summary>
    public const int SizeInBytes = 64;

    /// <summary>The value of <see cref="Time"/> when the time is not known.</summary>
    public const long UnknownTime = long.MinValue;

    /// <summary>The value of <see cref="Device"/> and <see cref="Queue"/> when there is none.</summary>
    public const ushort None = 0xffff;

    /// <summary>Presence bit: continuation records with the note follow.</summary>
    public const int NotePresence = 22;

    /// <summary>Nanoseconds on the source's clock.</summary>
    [FieldOffset(0)] public long Time;

    /// <summary>The low 32 bits of the source's count.</summary>
    [FieldOffset(8)] public uint SourceCount;

    /// <summary>The device, or <see cref="None"/>.</summary>
    [FieldOffset(12)] public ushort Device;

    /// <summary>The virtqueue, or <see cref="None"/>.</summary>
    [FieldOffset(14)] public ushort Queue;

    /// <summary>The actor's execution context.</summary>
    [FieldOffset(16)] public ushort Thread;

    /// <summary>What happened.</summary>
    [FieldOffset(18)] public EventKind Kind;

    /// <summary>Who did it.</summary>
    [FieldOffset(19)] public Actor Actor;

    [FieldOffset(20)] private byte part;

    /// <summary><see cref="Schemas.Ordering"/> in the low half, <see cref="Schemas.OrderingDomain"/> in the high half; 0 = plain.</summary>
    [FieldOffset(21)] public byte OrderingBits;

    /// <summary>One more than the <see cref="Schemas.AddressSpace"/> of address in the low half, of target in the high half; 0 = null.</summary>
    [FieldOffset(22)] public byte Spaces;

    /// <summary>Commit mark (bit 7) and check of the record (bits 0 to 6), written last. See <see cref="RecordCheck"/>.</summary>
    [FieldOffset(23)] public byte State;

    [FieldOffset(24)] private ulong address;
    [FieldOffset(32)] private ulong word;
    [FieldOffset(40)] private ulong length;
    [FieldOffset(48)] private ushort slot;
    [FieldOffset(50)] private ushort half;
    [FieldOffset(50)] private byte width;
    [FieldOffset(51)] private byte featureWord;
    [FieldOffset(52)] private uint size;
    [FieldOffset(56)] private ushort flags;
    [FieldOffset(56)] private byte low;
    [FieldOffset(57)] private byte high;
    [FieldOffset(58)] private ushort nextSlot;
    [FieldOffset(58)] private byte shared;

    /// <summary>Which payload columns are there: bit = <see cref="ColumnDefinition.Presence"/>.</summary>
    [FieldOffset(60)] public uint Presence;

    /// <summary>Starts a record of <paramref name="kind"/> with no column set.</summary>
    public EventRecord(EventKind kind, Actor actor, ushort thread, ushort device = None, ushort queue = None)
    {
        Kind = kind;
        Actor = actor;
        Thread = thread;
        Device = device;
        Queue = queue;
        Time = UnknownTime;
    }

    /// <summary>The structure touched.</summary>
    public Part? Part { readonly get => Has(21) ? (Part)part : null; set { part = (byte)value.GetValueOrDefault(); Mark(21, value.HasValue); } }

    /// <summary>First byte of what was accessed.</summary>
    public ulong? Address { readonly get => Has(0) ? address : null; set { address = value.GetValueOrDefault(); Mark(0, value.HasValue); } }

    /// <summary>Bytes accessed.</summary>
    public ulong? Length { readonly get => Has(1) ? length : null; set { length = value.GetValueOrDefault(); Mark(1, value.HasValue); } }

    /// <summary>What was read or written. Shares its bytes with target, digest and sync_id.</summary>
    public ulong? Value { readonly get => Has(2) ? word : null; set { word = value.GetValueOrDefault(); Mark(2, value.HasValue); } }

    /// <summary>Entry of the structure touched.</summary>
    public ushort? Slot { readonly get => Has(3) ? slot : null; set { slot = value.GetValueOrDefault(); Mark(3, value.HasValue); } }

    /// <summary>Head of the chain, by the actor's claim.</summary>
    public ushort? Head { readonly get => Has(4) ? half : null; set { half = value.GetValueOrDefault(); Mark(4, value.HasValue); } }

    /// <summary>The second address. Shares its bytes with value.</summary>
    public ulong? Target { readonly get => Has(5) ? word : null; set { word = value.GetValueOrDefault(); Mark(5, value.HasValue); } }

    /// <summary>A descriptor's or used element's len.</summary>
    public uint? Size { readonly get => Has(6) ? size : null; set { size = value.GetValueOrDefault(); Mark(6, value.HasValue); } }

    /// <summary>A descriptor's flags.</summary>
    public ushort? Flags { readonly get => Has(7) ? flags : null; set { flags = value.GetValueOrDefault(); Mark(7, value.HasValue); } }

    /// <summary>A descriptor's next.</summary>
    public ushort? NextSlot { readonly get => Has(8) ? nextSlot : null; set { nextSlot = value.GetValueOrDefault(); Mark(8, value.HasValue); } }

    /// <summary>The transport register.</summary>
    public RegisterName? RegisterName { readonly get => Has(9) ? (RegisterName)low : null; set { low = (byte)value.GetValueOrDefault(); Mark(9, value.HasValue); } }

    /// <summary>The register's offset in its structure.</summary>
    public uint? RegisterOffset { readonly get => Has(10) ? size : null; set { size = value.GetValueOrDefault(); Mark(10, value.HasValue); } }

    /// <summary>Width of a register access in bytes.</summary>
    public byte? Width { readonly get => Has(11) ? width : null; set { width = value.GetValueOrDefault(); Mark(11, value.HasValue); } }

    /// <summary>Which 32-bit feature word.</summary>
    public byte? FeatureWord { readonly get => Has(12) ? featureWord : null; set { featureWord = value.GetValueOrDefault(); Mark(12, value.HasValue); } }

    /// <summary>Pairs a hand-over's two ends.</summary>
    public ulong? SyncId { readonly get => Has(13) ? word : null; set { word = value.GetValueOrDefault(); Mark(13, value.HasValue); } }

    /// <summary>Names one mapping.</summary>
    public uint? MappingId { readonly get => Has(14) ? size : null; set { size = value.GetValueOrDefault(); Mark(14, value.HasValue); } }

    /// <summary>Which way data moves.</summary>
    public Direction? Direction { readonly get => Has(15) ? (Direction)low : null; set { low = (byte)value.GetValueOrDefault(); Mark(15, value.HasValue); } }

    /// <summary>Names one region.</summary>
    public ushort? RegionId { readonly get => Has(16) ? half : null; set { half = value.GetValueOrDefault(); Mark(16, value.HasValue); } }

    /// <summary>How the driver's processor maps the region.</summary>
    public RegionAttribute? RegionAttribute { readonly get => Has(17) ? (RegionAttribute)low : null; set { low = (byte)value.GetValueOrDefault(); Mark(17, value.HasValue); } }

    /// <summary>How the recording knows of the region.</summary>
    public RegionOrigin? RegionOrigin { readonly get => Has(18) ? (RegionOrigin)high : null; set { high = (byte)value.GetValueOrDefault(); Mark(18, value.HasValue); } }

    /// <summary>Whether several devices may use the region.</summary>
    public bool? RegionShared { readonly get => Has(19) ? shared != 0 : null; set { shared = value.GetValueOrDefault() ? (byte)1 : (byte)0; Mark(19, value.HasValue); } }

    /// <summary>Keyed digest of the bytes moved. Shares its bytes with value.</summary>
    public ulong? Digest { readonly get => Has(20) ? word : null; set { word = value.GetValueOrDefault(); Mark(20, value.HasValue); } }

    /// <summary>The space of <see cref="Address"/>.</summary>
    public AddressSpace? AddressSpace
    {
        readonly get => (Spaces & 0xf) is var bits and not 0 ? (AddressSpace)(bits - 1) : null;
        set => Spaces = (byte)((Spaces & 0xf0) | (value.HasValue ? (int)value.GetValueOrDefault() + 1 : 0));
    }

    /// <summary>The space of <see cref="Target"/>.</summary>
    public AddressSpace? TargetSpace
    {
        readonly get => (Spaces >> 4) is var bits and not 0 ? (AddressSpace)(bits - 1) : null;
        set => Spaces = (byte)((Spaces & 0x0f) | (value.HasValue ? ((int)value.GetValueOrDefault() + 1) << 4 : 0));
    }

    /// <summary>What the event orders; null = plain.</summary>
    public readonly Ordering? Ordering => (OrderingBits & 0xf) is var bits and not 0 ? (Ordering)bits : null;

    /// <summary>How far that reaches.</summary>
    public readonly OrderingDomain? OrderingDomain => (OrderingBits >> 4) is var bits and not 0 ? (OrderingDomain)bits : null;

    /// <summary>Whether continuation records with a note follow in the journal.</summary>
    public bool HasNote { readonly get => Has(NotePresence); set => Mark(NotePresence, value); }

    /// <summary>Sets ordering and domain together.</summary>
    public void SetOrdering(Ordering ordering, OrderingDomain domain)
        => OrderingBits = (byte)((int)ordering | ((int)domain << 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Has(int bit) => (Presence & (1u << bit)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mark(int bit, bool present)
    {
        if (present) Presence |= 1u << bit;
        else Presence &= ~(1u << bit);
    }
}
