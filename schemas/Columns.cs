namespace Tracing.Schemas;

/// <summary>
/// The columns of the event table. The record, the Parquet writer, the text form and the schema reference all read this
/// list; a test compares it with <see cref="EventRecord"/> byte for byte.
/// </summary>
public static class Columns
{
    /// <summary>All definitions, in file order: <c>All[(int)column].Column == column</c>.</summary>
    public static IReadOnlyList<ColumnDefinition> All { get; } =
    [
        new(Column.Sequence, ColumnType.UInt64, "Place in the run, from 1. Sealing assigns it; how far it may be trusted between two sources stands in the run's metadata."),
        new(Column.Source, ColumnType.Enumeration, "The observer that wrote the event, by its name in the run's metadata."),
        new(Column.SourceSequence, ColumnType.UInt64, "The source's own gap-free count, from 1. A hole is a loss.", Offset: 8),
        new(Column.TimeNs, ColumnType.Int64, "Nanoseconds on the source's clock, moved to the run's clock by the offset in the metadata. Null if unknown.", Offset: 0),
        new(Column.Actor, ColumnType.Enumeration, "Who did it: driver, device, platform, recorder.", Offset: 19, Vocabulary: Vocabulary.Of<Actor>()),
        new(Column.Thread, ColumnType.UInt16, "The actor's execution context. Program order holds within one thread only.", Offset: 16),
        new(Column.Device, ColumnType.UInt16, "The device concerned, by its number in the run. Null if none or unknown.", Offset: 12),
        new(Column.Queue, ColumnType.UInt16, "The virtqueue concerned. Null if none or unknown.", Offset: 14),
        new(Column.Event, ColumnType.Enumeration, "What happened.", Offset: 18, Vocabulary: Vocabulary.Of<EventKind>()),
        new(Column.Part, ColumnType.Enumeration, "The structure touched.", Offset: 20, Presence: 21, Vocabulary: Vocabulary.Of<Part>()),
        new(Column.AddressSpace, ColumnType.Enumeration, "The space of address.", Offset: 22, Vocabulary: Vocabulary.Of<AddressSpace>()),
        new(Column.Address, ColumnType.UInt64, "Where: first byte.", Offset: 24, Presence: 0),
        new(Column.Length, ColumnType.UInt64, "How many bytes. Null if unknown.", Offset: 40, Presence: 1),
        new(Column.Value, ColumnType.UInt64, "What was read or written, where it fits 8 bytes (little-endian).", Offset: 32, Presence: 2),
        new(Column.Slot, ColumnType.UInt16, "Entry of the structure touched; BAR number or interrupt vector where the event's kind says so.", Offset: 48, Presence: 3),
        new(Column.Head, ColumnType.UInt16, "Head of the chain that the actor says it is working on. A claim, not evidence.", Offset: 50, Presence: 4),
        new(Column.TargetSpace, ColumnType.Enumeration, "The space of target.", Offset: 22, Vocabulary: Vocabulary.Of<AddressSpace>()),
        new(Column.Target, ColumnType.UInt64, "A second address: a descriptor's addr, the original of a bounce copy, the other side of a mapping.", Offset: 32, Presence: 5),
        new(Column.Size, ColumnType.UInt32, "A descriptor's len or a used element's len, in bytes.", Offset: 52, Presence: 6),
        new(Column.Flags, ColumnType.UInt16, "A descriptor's flags.", Offset: 56, Presence: 7),
        new(Column.NextSlot, ColumnType.UInt16, "The descriptor's linking field: a split descriptor's next, a packed descriptor's buffer id.", Offset: 58, Presence: 8),
        new(Column.RegisterName, ColumnType.Enumeration, "The transport register, decoded.", Offset: 56, Presence: 9, Vocabulary: Vocabulary.Of<RegisterName>()),
        new(Column.RegisterOffset, ColumnType.UInt32, "The register's byte offset in its structure.", Offset: 52, Presence: 10),
        new(Column.Width, ColumnType.UInt8, "Width of a register access, in bytes.", Offset: 50, Presence: 11),
        new(Column.FeatureWord, ColumnType.UInt8, "Which 32-bit word of the feature set value is: 0 = bits 0 to 31.", Offset: 51, Presence: 12),
        new(Column.Ordering, ColumnType.Enumeration, "What a barrier orders, or what an access orders besides being one. Null = a plain access.", Offset: 21, Vocabulary: Vocabulary.Of<Ordering>()),
        new(Column.OrderingDomain, ColumnType.Enumeration, "How far that ordering reaches.", Offset: 21, Vocabulary: Vocabulary.Of<OrderingDomain>()),
        new(Column.SyncId, ColumnType.UInt64, "Pairs a hand-over's release with its acquire.", Offset: 32, Presence: 13),
        new(Column.MappingId, ColumnType.UInt32, "Names one mapping from map to unmap.", Offset: 52, Presence: 14),
        new(Column.Direction, ColumnType.Enumeration, "Which way a mapping or copy moves data.", Offset: 56, Presence: 15, Vocabulary: Vocabulary.Of<Direction>()),
        new(Column.RegionId, ColumnType.UInt16, "Names one region from region_mapped to region_unmapped.", Offset: 50, Presence: 16),
        new(Column.RegionAttribute, ColumnType.Enumeration, "How the driver's processor maps the region.", Offset: 56, Presence: 17, Vocabulary: Vocabulary.Of<RegionAttribute>()),
        new(Column.RegionOrigin, ColumnType.Enumeration, "How the recording knows of the region.", Offset: 57, Presence: 18, Vocabulary: Vocabulary.Of<RegionOrigin>()),
        new(Column.RegionShared, ColumnType.Boolean, "Whether several devices may use the region.", Offset: 58, Presence: 19),
        new(Column.Digest, ColumnType.UInt64, "Keyed digest of the bytes moved.", Offset: 32, Presence: 20),
        new(Column.Note, ColumnType.Text, "Names and reasons. Untrusted text.", Presence: 22),
    ];

    /// <summary>The definition of <paramref name="column"/>.</summary>
    public static ColumnDefinition Of(Column column) => All[(int)column];
}
