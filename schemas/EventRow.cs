namespace Tracing.Schemas;

/// <summary>
/// One row of the event table, column by column. Wider than <see cref="EventRecord"/>: a foreign file may fill columns
/// together that a record stores in the same bytes.
/// </summary>
public sealed class EventRow
{
    private static readonly int columnCount = Columns.All.Count;
    private readonly ulong?[] numbers = new ulong?[columnCount];

    /// <summary>The observer's name.</summary>
    public string? Source { get; set; }

    /// <summary>Nanoseconds on the run's clock.</summary>
    public long? TimeNs { get; set; }

    /// <summary>The note.</summary>
    public string? Note { get; set; }

    /// <summary>
    /// A numeric, boolean (0 or 1) or enumeration (its number) column.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is source, time_ns or note, which have properties.</exception>
    public ulong? this[Column column]
    {
        get => numbers[Checked(column)];
        set => numbers[Checked(column)] = value;
    }

    /// <summary>What happened; null if the row does not say.</summary>
    public EventKind? Kind
    {
        get => (EventKind?)(byte?)numbers[(int)Column.Event];
        set => numbers[(int)Column.Event] = (ulong?)value;
    }

    /// <summary>Who did it; null if the row does not say.</summary>
    public Actor? Actor
    {
        get => (Actor?)(byte?)numbers[(int)Column.Actor];
        set => numbers[(int)Column.Actor] = (ulong?)value;
    }

    /// <summary>The row that <paramref name="record"/> is, without sequence, source and the high half of its count.</summary>
    public static EventRow FromRecord(in EventRecord record, string? note = null)
    {
        var row = new EventRow { Note = note, TimeNs = record.Time == EventRecord.UnknownTime ? null : record.Time };
        foreach (var definition in Columns.All)
        {
            if (definition.Type is ColumnType.Text or ColumnType.Int64 || definition.Offset < 0) continue;
            row.numbers[(int)definition.Column] = RecordColumns.Read(in record, definition);
        }

        return row;
    }

    /// <summary>The record of this row, or the reason why no record can hold it.</summary>
    public bool TryToRecord(out EventRecord record, out string? reason)
    {
        record = default;
        if (Kind is not { } kind || Actor is not { } actor)
        {
            reason = "an event needs an actor and a kind";
            return false;
        }

        record = new EventRecord(kind, actor, (ushort)(this[Column.Thread] ?? 0)) { Time = TimeNs ?? EventRecord.UnknownTime };
        foreach (var definition in Columns.All)
        {
            if (definition.Offset < 0 || definition.Type is ColumnType.Text or ColumnType.Int64) continue;
            if (numbers[(int)definition.Column] is not { } number) continue;
            RecordColumns.Write(ref record, definition, number);
        }

        // Columns that share bytes overwrite one another: reading back finds out.
        foreach (var definition in Columns.All)
        {
            if (definition.Offset < 0 || definition.Type is ColumnType.Text or ColumnType.Int64) continue;
            if (definition.Column == Column.SourceSequence) continue;
            if (numbers[(int)definition.Column] is { } number && RecordColumns.Read(in record, definition) != number)
            {
                reason = $"column {definition.Name} does not fit a record beside the event's other columns";
                return false;
            }
        }

        reason = null;
        return true;
    }

    private static int Checked(Column column)
        => column is Column.Source or Column.TimeNs or Column.Note
            ? throw new ArgumentOutOfRangeException(nameof(column), column, "This column is a property of its own.")
            : (int)column;
}
