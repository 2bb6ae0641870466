namespace Tracing.Schemas;

/// <summary>Describes an event kind where it is declared: its meaning and the columns that it may carry.</summary>
/// <param name="meaning">One or two sentences for the schema reference.</param>
/// <param name="columns">The columns that it may carry besides the common ones.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class EventAttribute(string meaning, params Column[] columns) : Attribute
{
    private static readonly Column[] access =
    [
        Column.Part, Column.AddressSpace, Column.Address, Column.Length, Column.Value, Column.Slot, Column.Head,
        Column.TargetSpace, Column.Target, Column.Size, Column.Flags, Column.NextSlot, Column.Digest,
    ];

    /// <summary>What the event means.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>The columns that the kind may carry besides the common ones.</summary>
    public IReadOnlyList<Column> Columns { get; } = columns is [AccessColumns.All] ? access : columns;
}
