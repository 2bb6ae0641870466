using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tracing.Journals.Mirror;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// How the events of one kind lie in a trace, by the names of their fields as that trace gives them. The mirror of another
/// version may have more columns or fewer, or another order; a name that nobody knows has an unknown width, and ends it.
/// </summary>
internal sealed class PayloadLayout
{
    private const int MostFields = 64;

    private static readonly Dictionary<string, ColumnDefinition> columnByName = Columns.All
        .ToDictionary(MirrorLayout.NameOf, StringComparer.Ordinal);

    private readonly EventKind kind;
    private readonly Field[] fields;

    private PayloadLayout(EventKind kind, Field[] fields) => (this.kind, this.fields) = (kind, fields);

    /// <summary>The layout of a kind; null if there is a field that nobody knows.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="names">The names of the fields, in their order.</param>
    public static PayloadLayout? TryCreate(EventKind kind, IReadOnlyList<string> names)
    {
        if (names.Count is 0 or > MostFields) return null;
        var fields = new List<Field>();
        foreach (var name in names)
        {
            if (name is MirrorLayout.InstanceField) fields.Add(new Field(null, sizeof(uint)));
            else if (name is MirrorLayout.PresentField) fields.Add(new Field(null, sizeof(ulong)));
            else if (columnByName.TryGetValue(name, out var column)) fields.Add(new Field(column, MirrorLayout.WidthOf(column)));
            else return null;
        }

        return new PayloadLayout(kind, [.. fields]);
    }

    /// <summary>
    /// Reads an event; false if it is too short, says of two columns in the same bytes that both are there, or has a number
    /// that no record can hold.
    /// </summary>
    public bool TryRead(ReadOnlySpan<byte> payload, out MirroredEvent found)
    {
        found = new MirroredEvent();
        Span<ulong> values = stackalloc ulong[MostFields];
        var present = 0UL;
        for (var index = 0; index < fields.Length; index++)
        {
            var field = fields[index];
            if (field.Width == 0)
            {
                if (!TryReadText(ref payload, out var text)) return false;
                if (field.Column!.Column == Column.Source) found.Source = text;
                else found.Note = text;
                continue;
            }

            if (payload.Length < field.Width) return false;
            values[index] = Number(payload[..field.Width]);
            payload = payload[field.Width..];
            if (field.Column is not null) continue;
            if (field.Width == sizeof(uint)) found.Instance = (uint)values[index];
            else present = values[index];
        }

        return Fill(ref found, values, present);
    }

    private bool Fill(ref MirroredEvent found, ReadOnlySpan<ulong> values, ulong present)
    {
        var record = new EventRecord(kind, default, thread: 0);
        var place = 0;
        var hasNote = false;
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].Column is not { } column) continue;
            var isThere = (present & (1UL << place++)) != 0;
            if (column.Column == Column.Note) hasNote = isThere;
            if (column.Column == Column.SourceSequence) found.Count = values[index];
            if (!isThere || column.Column is Column.Source or Column.Note or Column.SourceSequence) continue;
            if (column.Vocabulary is { } vocabulary && values[index] >= (ulong)vocabulary.Limit) return false;
            if (column.Column == Column.TimeNs) record.Time = unchecked((long)values[index]);
            else RecordColumns.Write(ref record, column, values[index]);
        }

        if (!hasNote) found.Note = null;
        record.HasNote = hasNote;
        found.Record = record;
        return ReadsBack(in record, values, present);
    }

    /// <summary>Columns that share bytes overwrite one another.</summary>
    private bool ReadsBack(in EventRecord record, ReadOnlySpan<ulong> values, ulong present)
    {
        var place = 0;
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].Column is not { } column) continue;
            var isThere = (present & (1UL << place++)) != 0;
            if (!isThere || column.Column is Column.Source or Column.Note or Column.SourceSequence or Column.TimeNs) continue;
            if (RecordColumns.Read(in record, column) != values[index]) return false;
        }

        return true;
    }

    /// <summary>A text of two-byte letters that ends in a zero.</summary>
    internal static bool TryReadText(ref ReadOnlySpan<byte> payload, out string text)
    {
        text = "";
        var letters = MemoryMarshal.Cast<byte, char>(payload);
        var length = letters.IndexOf('\0');
        if (length < 0) return false;
        text = new string(letters[..length]);
        payload = payload[((length + 1) * sizeof(char))..];
        return true;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    /// <summary>One field; no column = one of the mirror's own.</summary>
    private readonly record struct Field(ColumnDefinition? Column, int Width);
}

/// <summary>One event as the mirror gave it.</summary>
internal struct MirroredEvent
{
    /// <summary>Tells the process's sources apart.</summary>
    public uint Instance;

    /// <summary>The source's name.</summary>
    public string Source;

    /// <summary>Its place in the source's count.</summary>
    public ulong Count;

    /// <summary>The event.</summary>
    public EventRecord Record;

    /// <summary>Its note, or null.</summary>
    public string? Note;
}
