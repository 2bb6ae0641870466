using Tracing.Schemas;

namespace Tracing.Journals.Mirror;

/// <summary>
/// What an event of one kind carries in the mirror, found from the schema: the columns that the kind may have, in the
/// order of the event table, and behind them <see cref="PresentField"/>, of which bit i says that the i-th field is there.
/// A field that is not there is zero or empty.
/// </summary>
public sealed class MirrorLayout
{
    /// <summary>The last field, 64 bits wide: which of the others are there.</summary>
    public const string PresentField = "present";

    /// <summary>The first field, 32 bits wide: tells sources of one process apart, which may have the same name.</summary>
    public const string InstanceField = "sourceInstance";

    /// <summary>The columns that every kind may carry: <see cref="EventKind"/>. The kind itself is the event's own name.</summary>
    private static readonly Column[] common =
    [
        Column.Source, Column.SourceSequence, Column.TimeNs, Column.Actor, Column.Thread, Column.Device, Column.Queue,
        Column.Ordering, Column.OrderingDomain, Column.Note,
    ];

    private static readonly Dictionary<EventKind, MirrorLayout> layoutByKind = EventKinds.All
        .Where(kind => kind != EventKind.Continuation)
        .ToDictionary(kind => kind, kind => new MirrorLayout(kind));

    private readonly uint presence;
    private readonly byte spaces;

    private MirrorLayout(EventKind kind)
    {
        Kind = kind;
        Columns = [.. common.Concat(EventKinds.Of(kind).Columns).Distinct().Order().Select(Schemas.Columns.Of)];
        foreach (var column in Columns.Where(column => column.Presence >= 0)) presence |= 1u << column.Presence;
        if (Columns.Any(column => column.Column == Column.AddressSpace)) spaces |= 0x0f;
        if (Columns.Any(column => column.Column == Column.TargetSpace)) spaces |= 0xf0;
    }

    /// <summary>All kinds that are mirrored, by number.</summary>
    public static IEnumerable<MirrorLayout> All => layoutByKind.Values.OrderBy(layout => layout.Kind);

    /// <summary>The kind.</summary>
    public EventKind Kind { get; }

    /// <summary>The columns, between the first field and the last.</summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; }

    /// <summary>The layout of a kind; null if it is not mirrored.</summary>
    public static MirrorLayout? Of(EventKind kind) => layoutByKind.GetValueOrDefault(kind);

    /// <summary>A column's name in the mirror: as programmers of .NET write it.</summary>
    public static string NameOf(ColumnDefinition column)
    {
        var name = column.Column.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>How many bytes a column takes; 0 for text, which ends in a zero character of two bytes.</summary>
    public static int WidthOf(ColumnDefinition column) => column switch
    {
        { Column: Column.Source or Column.Note } => 0,
        { Type: ColumnType.Int64 or ColumnType.UInt64 } => 8,
        { Type: ColumnType.UInt32 } => 4,
        { Type: ColumnType.UInt16 } => 2,
        _ => 1,
    };

    /// <summary>Whether a record carries nothing besides these columns.</summary>
    public bool Holds(in EventRecord record) => (record.Presence & ~presence) == 0 && (record.Spaces & ~spaces) == 0;
}
