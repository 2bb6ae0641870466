using Tracing.Schemas;

namespace Tracing.Tests.Recording;

/// <summary>Random events of every kind, each with columns that its kind may carry.</summary>
internal sealed class RandomEvents(int seed)
{
    private static readonly EventKind[] kinds = [.. EventKinds.All.Where(kind => kind != EventKind.Continuation)];
    private static readonly string[] notes = ["", "why", "äöü \"quoted\" \\ back", "日本語のテキスト", "line\nbreak\t\u0007"];
    private readonly Random random = new(seed);
    private int made;

    /// <summary>The next event; kinds take turns.</summary>
    public (EventRecord Record, string? Note) Next()
    {
        var row = Row(kinds[made++ % kinds.Length]);
        if (!row.TryToRecord(out var record, out var reason)) throw new InvalidOperationException(reason);
        record.Time = EventRecord.UnknownTime;
        return (record, row.Note);
    }

    /// <summary>A row that fits a record.</summary>
    public EventRow Row(EventKind kind)
    {
        var row = new EventRow { Kind = kind, Actor = (Actor)random.Next(4) };
        row[Column.Thread] = (ulong)random.Next(65536);
        if (random.Next(4) != 0) row[Column.Device] = (ulong)random.Next(EventRecord.None);
        if (random.Next(2) != 0) row[Column.Queue] = (ulong)random.Next(EventRecord.None);
        foreach (var column in EventKinds.Of(kind).Columns.Append(Column.Ordering).Append(Column.OrderingDomain))
        {
            if (random.Next(3) == 0) continue;
            row[column] = Value(Columns.Of(column));
            if (!row.TryToRecord(out _, out _)) row[column] = null; // shares its bytes with a column before
        }

        row.Note = random.Next(6) == 0 ? Note() : null;
        return row;
    }

    private string Note() => random.Next(20) == 0
        ? new string('x', random.Next(3000))
        : notes[random.Next(notes.Length)];

    private ulong Value(ColumnDefinition column)
    {
        if (column.Vocabulary is { } vocabulary)
        {
            vocabulary.TryNumberOf(vocabulary.Names[random.Next(vocabulary.Names.Count)], out var number);
            return number;
        }

        // The borders of a type are where widths go wrong.
        var bits = column.Type switch
        {
            ColumnType.Boolean => 1,
            ColumnType.UInt8 => 8,
            ColumnType.UInt16 => 16,
            ColumnType.UInt32 => 32,
            _ => 64,
        };
        var most = ulong.MaxValue >> (64 - bits);
        return random.Next(4) switch
        {
            0 => 0,
            1 => most,
            _ => (ulong)random.NextInt64() & most,
        };
    }
}
