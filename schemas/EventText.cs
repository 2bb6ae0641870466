using System.Globalization;
using System.Text;

namespace Tracing.Schemas;

/// <summary>
/// The text form of an event: the language of rule examples, of golden files, of <c>analyzer show</c> and of the text
/// importer. One line an event:
/// <code>
/// #12 @driver:5 +1500ns driver/0 dev0/q1 store part=available_index address=bus:0x1000 length=2 value=5 ordering=release/smp note="why"
/// </code>
/// Sequence, source, time, thread, device and queue may be missing; what is missing is null (the sequence is then the
/// line's place, the source the actor's name, the thread 0). A source's name with spaces stands in quotes. A blank line, or one that starts with <c>;</c>, is no event.
/// </summary>
public static class EventText
{
    /// <summary>Formats a row.</summary>
    public static string Format(EventRow row)
    {
        var text = new StringBuilder(160);
        if (row[Column.Sequence] is { } sequence) text.Append(CultureInfo.InvariantCulture, $"#{sequence} ");
        if (row.Source is { } source)
        {
            text.Append('@').Append(IsWord(source) ? source : $"\"{Escape(source)}\"");
            if (row[Column.SourceSequence] is { } count) text.Append(CultureInfo.InvariantCulture, $":{count}");
            text.Append(' ');
        }

        if (row.TimeNs is { } time) text.Append(CultureInfo.InvariantCulture, $"{(time < 0 ? "" : "+")}{time}ns ");
        text.Append(row.Actor is { } actor ? SnakeCase.Of(actor.ToString()) : "?");
        if (row[Column.Thread] is { } thread) text.Append(CultureInfo.InvariantCulture, $"/{thread}");
        if (row[Column.Device] is { } device) text.Append(CultureInfo.InvariantCulture, $" dev{device}");
        if (row[Column.Queue] is { } queue)
            text.Append(CultureInfo.InvariantCulture, $"{(row[Column.Device] is null ? " " : "/")}q{queue}");
        text.Append(' ').Append(NameOf(Column.Event, row[Column.Event]) ?? "?");

        foreach (var definition in Columns.All) AppendField(text, row, definition);
        if (row.Note is { } note) text.Append(" note=\"").Append(Escape(note)).Append('"');
        return text.ToString();
    }

    /// <summary>Whether the line holds no event at all.</summary>
    public static bool IsBlankOrComment(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.IsEmpty || line[0] == ';';
    }

    /// <summary>The source that a line names, or else its actor's name; null where it names neither.</summary>
    public static string? SourceOf(string line) => EventTextParser.SourceOf(line);

    /// <summary>Parses a line; on failure <paramref name="reason"/> says what was seen and what was expected.</summary>
    public static bool TryParse(string line, out EventRow row, out string? reason) => EventTextParser.TryParse(line, out row, out reason);

    private static void AppendField(StringBuilder text, EventRow row, ColumnDefinition definition)
    {
        if (definition.Column is Column.Sequence or Column.Source or Column.SourceSequence or Column.TimeNs or Column.Actor
            or Column.Thread or Column.Device or Column.Queue or Column.Event or Column.Note
            or Column.AddressSpace or Column.TargetSpace or Column.OrderingDomain) return;
        if (row[definition.Column] is not { } number)
        {
            // A space without an address, a domain without an ordering: rare, but nothing may get lost.
            if (CompanionOf(definition.Column) is { } orphan && row[orphan] is { } lone)
                text.Append(CultureInfo.InvariantCulture, $" {Columns.Of(orphan).Name}={NameOf(orphan, lone)}");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $" {definition.Name}=");
        switch (definition.Column)
        {
            case Column.Address or Column.Target:
                var space = definition.Column == Column.Address ? Column.AddressSpace : Column.TargetSpace;
                if (NameOf(space, row[space]) is { } spaceName) text.Append(spaceName).Append(':');
                text.Append(CultureInfo.InvariantCulture, $"0x{number:x}");
                break;
            case Column.Ordering:
                text.Append(NameOf(Column.Ordering, number));
                if (NameOf(Column.OrderingDomain, row[Column.OrderingDomain]) is { } domain) text.Append('/').Append(domain);
                break;
            case Column.Flags or Column.Digest or Column.RegisterOffset:
                text.Append(CultureInfo.InvariantCulture, $"0x{number:x}");
                break;
            default:
                text.Append(NameOf(definition.Column, number) ?? number.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    internal static Column? CompanionOf(Column column) => column switch
    {
        Column.Address => Column.AddressSpace,
        Column.Target => Column.TargetSpace,
        Column.Ordering => Column.OrderingDomain,
        _ => null,
    };

    private static string? NameOf(Column column, ulong? number)
    {
        if (number is not { } known) return null;
        var definition = Columns.Of(column);
        if (definition.Type == ColumnType.Boolean) return known != 0 ? "true" : "false";
        return definition.Vocabulary?.NameOf((int)Math.Min(known, int.MaxValue));
    }

    /// <summary>Whether a name can stand without quotes.</summary>
    private static bool IsWord(string name) => !name.Any(letter => char.IsWhiteSpace(letter) || letter is '"' or '\\' || Printable.IsControl(letter));

    private static string Escape(string note)
    {
        var text = new StringBuilder(note.Length);
        foreach (var letter in note)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case < ' ' or '\u007f' or (>= '\u0080' and < '\u00a0'):
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    break;
                default: text.Append(letter); break;
            }
        }

        return text.ToString();
    }
}
