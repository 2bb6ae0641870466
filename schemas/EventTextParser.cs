using System.Globalization;
using System.Text;

namespace Tracing.Schemas;

/// <summary>Reads the text form of an event. The grammar stands at <see cref="EventText"/>.</summary>
internal ref struct EventTextParser
{
    private readonly string line;
    private int position;
    private string? problem;

    private EventTextParser(string line) => this.line = line;

    public static bool TryParse(string line, out EventRow row, out string? reason)
    {
        var parser = new EventTextParser(line);
        row = new EventRow();
        parser.ReadEvent(row);
        reason = parser.problem;
        return reason is null;
    }

    /// <summary>Reads no more of a line than it takes to know whose it is.</summary>
    public static string? SourceOf(string line)
    {
        var parser = new EventTextParser(line);
        var row = new EventRow();
        var word = parser.ReadSource(row);
        if (row.Source is not null) return row.Source;
        if (word.EndsWith("ns", StringComparison.Ordinal) && word[0] is '+' or '-') word = parser.NextWord();
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        var actor = slash < 0 ? word : word[..slash];
        return Columns.Of(Column.Actor).Vocabulary!.TryNumberOf(actor, out _) ? actor : null;
    }

    /// <summary>Reads sequence and source; gives back the word behind them.</summary>
    private string ReadSource(EventRow row)
    {
        var word = NextWord();
        if (word.StartsWith('#'))
        {
            row[Column.Sequence] = Number(word.AsSpan(1), "a sequence such as #12", ulong.MaxValue);
            word = NextWord();
        }

        if (!word.StartsWith('@')) return word;
        var colon = word.LastIndexOf(':');
        row.Source = colon < 0 ? word[1..] : word[1..colon];
        if (colon >= 0) row[Column.SourceSequence] = Number(word.AsSpan(colon + 1), "a source count such as @driver:5", ulong.MaxValue);
        return NextWord();
    }

    private void ReadEvent(EventRow row)
    {
        var word = ReadSource(row);
        if (word.EndsWith("ns", StringComparison.Ordinal) && word[0] is '+' or '-')
        {
            if (!long.TryParse(word.AsSpan(0, word.Length - 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time))
                Fail($"'{word}' is not a time such as +1500ns");
            row.TimeNs = time;
            word = NextWord();
        }

        ReadActor(row, word);
        word = ReadPlace(row, NextWord());
        if (problem is not null) return;
        if (!Columns.Of(Column.Event).Vocabulary!.TryNumberOf(word, out var kind))
        {
            Fail(word.Length == 0 ? "the line ends before the event's kind" : $"'{word}' is no kind of event");
            return;
        }

        row[Column.Event] = kind;
        while (problem is null && NextWord() is { Length: > 0 } field) ReadField(row, field);
    }

    private void ReadActor(EventRow row, string word)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? word : word[..slash];
        if (!Columns.Of(Column.Actor).Vocabulary!.TryNumberOf(name, out var actor))
        {
            Fail($"'{name}' is no actor; expected {string.Join(", ", Columns.Of(Column.Actor).Vocabulary!.Names)}");
            return;
        }

        row[Column.Actor] = actor;
        if (slash >= 0) row[Column.Thread] = Number(word.AsSpan(slash + 1), "a thread such as driver/0", ushort.MaxValue);
    }

    /// <summary>Reads "dev0", "dev0/q1" or "q1"; gives back the word behind it.</summary>
    private string ReadPlace(EventRow row, string word)
    {
        var place = word;
        if (place.StartsWith("dev", StringComparison.Ordinal) && place.Length > 3 && char.IsAsciiDigit(place[3]))
        {
            var slash = place.IndexOf('/', StringComparison.Ordinal);
            row[Column.Device] = Number(place.AsSpan(3, (slash < 0 ? place.Length : slash) - 3), "a device such as dev0", ushort.MaxValue);
            place = slash < 0 ? "" : place[(slash + 1)..];
            if (slash >= 0 && !place.StartsWith('q')) Fail($"'{word}' is not a place such as dev0/q1");
            if (slash < 0) return NextWord();
        }

        if (place.Length < 2 || place[0] != 'q' || !char.IsAsciiDigit(place[1])) return word;
        row[Column.Queue] = Number(place.AsSpan(1), "a queue such as q1", ushort.MaxValue);
        return NextWord();
    }

    private void ReadField(EventRow row, string field)
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            Fail($"'{field}' is not of the form column=value");
            return;
        }

        var (name, text) = (field[..equals], field[(equals + 1)..]);
        if (name == "note")
        {
            row.Note = text;
            return;
        }

        var definition = Columns.All.FirstOrDefault(column => column.Name == name);
        if (definition is null || definition.Column is Column.Sequence or Column.Source or Column.SourceSequence
            or Column.TimeNs or Column.Actor or Column.Thread or Column.Device or Column.Queue or Column.Event)
        {
            Fail($"'{name}' is no column that an event can name");
            return;
        }

        if (row[definition.Column] is not null)
        {
            Fail($"column {name} is given twice");
            return;
        }

        if (EventText.CompanionOf(definition.Column) is { } companion)
        {
            var separator = definition.Column == Column.Ordering ? text.IndexOf('/', StringComparison.Ordinal) : text.IndexOf(':', StringComparison.Ordinal);
            if (separator >= 0)
            {
                var (before, after) = (text[..separator], text[(separator + 1)..]);
                text = definition.Column == Column.Ordering ? before : after;
                row[companion] = Value(Columns.Of(companion), definition.Column == Column.Ordering ? after : before);
            }
        }

        row[definition.Column] = Value(definition, text);
    }

    private ulong Value(ColumnDefinition definition, string text)
    {
        if (definition.Vocabulary is { } vocabulary)
        {
            if (vocabulary.TryNumberOf(text, out var number)) return number;
            Fail($"'{text}' is no {definition.Name}; expected one of {string.Join(", ", vocabulary.Names)}");
            return 0;
        }

        return definition.Type switch
        {
            ColumnType.Boolean => text is "true" or "false" ? (text == "true" ? 1u : 0u) : Number(text, $"true or false for {definition.Name}", 1),
            ColumnType.UInt8 => Number(text, $"a number up to 255 for {definition.Name}", byte.MaxValue),
            ColumnType.UInt16 => Number(text, $"a number up to 65535 for {definition.Name}", ushort.MaxValue),
            ColumnType.UInt32 => Number(text, $"a 32-bit number for {definition.Name}", uint.MaxValue),
            _ => Number(text, $"a 64-bit number for {definition.Name}", ulong.MaxValue),
        };
    }

    private ulong Number(ReadOnlySpan<char> text, string expected, ulong limit)
    {
        var hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var parsed = hexadecimal
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!parsed || number > limit) Fail($"'{text}' is not {expected}");
        return number;
    }

    /// <summary>The next word; a quoted part may hold spaces. Empty at the line's end.</summary>
    private string NextWord()
    {
        while (position < line.Length && char.IsWhiteSpace(line[position])) position++;
        var word = new StringBuilder();
        var quoted = false;
        for (; position < line.Length && (quoted || !char.IsWhiteSpace(line[position])); position++)
        {
            var letter = line[position];
            if (letter == '"') quoted = !quoted;
            else if (letter == '\\' && quoted) word.Append(ReadEscape());
            else word.Append(letter);
        }

        if (quoted) Fail("a quotation is not closed");
        return word.ToString();
    }

    /// <summary>Reads what stands behind a backslash; leaves the position on its last letter.</summary>
    private char ReadEscape()
    {
        if (++position >= line.Length) return '\\';
        if (line[position] != 'u') return line[position];
        if (position + 4 < line.Length
            && ushort.TryParse(line.AsSpan(position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            position += 4;
            return (char)code;
        }

        Fail("\\u needs four hexadecimal digits");
        return '?';
    }

    private void Fail(string reason) => problem ??= $"column {Math.Min(position, line.Length)}: {reason}";
}
