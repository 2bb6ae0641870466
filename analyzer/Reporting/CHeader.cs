using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Analysis.Reporting;

/// <summary>
/// The C header by which other programs record, made from the same declarations as the C# record; schemas/virtio_trace.h is its
/// output. What is the same for every schema stands in schemas/header/virtio_trace.h.in, with marks where these declarations go.
/// </summary>
internal static class CHeader
{
    private const string Template = "header/virtio_trace.h.in";
    private const int WordBytes = sizeof(ulong);
    private const int BitsOfByte = 8;

    /// <summary>The accesses to shared memory that are recorded alike, in the words of the template's block.</summary>
    private static readonly (EventKind Kind, Actor Actor, string Does, string When)[] accesses =
    [
        (EventKind.Load, Actor.Driver, "loads", "after it"),
        (EventKind.Store, Actor.Driver, "stores", "before it"),
        (EventKind.DmaRead, Actor.Device, "reads", "after it"),
        (EventKind.DmaWrite, Actor.Device, "writes", "before it"),
    ];

    private static readonly (string Mark, Action<TextWriter> Write)[] sections =
    [
        ("@names@", WriteNames), ("@layout@", WriteLayout), ("@setters@", WriteSetters), ("@format@", WriteFormat), ("@crc@", WriteCrcTable),
    ];

    private static readonly (string Mark, string Value)[] values =
    [
        ("@version@", RunFacts.CurrentSchema.ToString(2)),
        ("@none@", Hex(EventRecord.None)),
        ("@profile@", new RunFacts().Profile),
        ("@prefix@", RunFacts.KeyPrefix),
        ("@extension@", JournalFormat.Extension),
        ("@note@", Text(JournalFormat.MaxNoteBytes)),
        ("@notepart@", Text(JournalFormat.NoteBytesPerRecord)),
    ];

    public static void Write(TextWriter output)
    {
        using var template = new StreamReader(typeof(CHeader).Assembly.GetManifestResourceStream(Template)!);
        while (template.ReadLine() is { } line)
        {
            if (line == "@each access@") WriteEachAccess(template, output);
            else if (Array.Find(sections, section => section.Mark == line).Write is { } write) write(output);
            else output.Write(Fill(line) + '\n');
        }
    }

    private static string Fill(string line)
        => line.Contains('@') ? values.Aggregate(line, (text, value) => text.Replace(value.Mark, value.Value, StringComparison.Ordinal)) : line;

    private static void WriteEachAccess(StreamReader template, TextWriter output)
    {
        var block = new StringBuilder();
        while (template.ReadLine() is { } line && line != "@end@") block.Append(line).Append('\n');
        foreach (var (kind, actor, does, when) in accesses)
        {
            output.Write(block.ToString()
                .Replace("$name", Lower(kind.ToString()), StringComparison.Ordinal)
                .Replace("$NAME", Upper(kind.ToString()), StringComparison.Ordinal)
                .Replace("$ACTOR", Upper(actor.ToString()), StringComparison.Ordinal)
                .Replace("$Who", $"The {Lower(actor.ToString())}", StringComparison.Ordinal)
                .Replace("$does", does, StringComparison.Ordinal)
                .Replace("$when", when, StringComparison.Ordinal));
        }
    }

    private static void WriteNames(TextWriter output)
    {
        output.Write("/* What happened. */\nenum vtrace_event_kind {\n");
        foreach (var kind in EventKinds.All)
            output.Write($"    /* {EventKinds.Of(kind).Meaning} */\n    VTRACE_EVENT_{Upper(kind.ToString())} = {(byte)kind},\n");
        output.Write("};\n\n");
        WriteEnumeration(output, "actor", "Who did it.", Column.Actor);
        WriteEnumeration(output, "part", "The structure touched.", Column.Part);
        WriteEnumeration(output, "space", "The space in which an address has its meaning.", Column.AddressSpace);
        WriteEnumeration(output, "register", "Transport registers.", Column.RegisterName, "_name");
        WriteEnumeration(output, "ordering", "What a barrier orders, or an access besides being one. 0 = a plain access.", Column.Ordering);
        WriteEnumeration(output, "domain", "How far that reaches. 0 with a plain access.", Column.OrderingDomain);
        WriteEnumeration(output, "direction", "Which way a mapping or copy moves data.", Column.Direction);
        WriteEnumeration(output, "attribute", "How the driver's processor maps a region.", Column.RegionAttribute);
        WriteEnumeration(output, "origin", "How the recording knows of a region.", Column.RegionOrigin);
    }

    private static void WriteEnumeration(TextWriter output, string name, string meaning, Column column, string suffix = "")
    {
        output.Write($"/* {meaning} */\nenum vtrace_{name}{suffix} {{\n");
        var vocabulary = Columns.Of(column).Vocabulary!;
        for (var number = 0; number < vocabulary.Limit; number++)
        {
            if (vocabulary.NameOf(number) is { } member) output.Write($"    VTRACE_{name.ToUpperInvariant()}_{member.ToUpperInvariant()} = {number},\n");
        }

        output.Write("};\n\n");
    }

    private static void WriteLayout(TextWriter output)
    {
        foreach (var column in Columns.All.Where(column => column.Offset >= 0)) WritePlace(output, column.Name.ToUpperInvariant(), column.Offset);
        WritePlace(output, "STATE", (int)Marshal.OffsetOf<EventRecord>(nameof(EventRecord.State)));
        WritePlace(output, "PRESENCE", (int)Marshal.OffsetOf<EventRecord>(nameof(EventRecord.Presence)));
        output.Write('\n');
        foreach (var column in Columns.All.Where(column => column.Presence >= 0))
            output.Write($"#define VTRACE_HAS_{column.Name.ToUpperInvariant()} (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + {column.Presence}))\n");
        output.Write("\n/* Thread and actor in their word: what a note's records have from their event. */\n");
        output.Write("#define VTRACE_MASK_OF_ORIGIN (UINT64_C(0xffff) << VTRACE_SHIFT_THREAD | UINT64_C(0xff) << VTRACE_SHIFT_ACTOR)\n\n");
        output.Write($"#define VTRACE_UNKNOWN_TIME INT64_MIN\n#define VTRACE_COMMIT_MARK UINT64_C({Hex(RecordCheck.CommitMark)})\n\n");
    }

    private static void WritePlace(TextWriter output, string name, int offset)
        => output.Write($"#define VTRACE_WORD_{name} {offset / WordBytes}\n#define VTRACE_SHIFT_{name} {ShiftOf(offset)}\n");

    private static void WriteSetters(TextWriter output)
    {
        foreach (var column in Columns.All.Where(column => IsSettable(column))) WriteSetter(output, column);
    }

    /// <summary>All but the header's columns, which every record has, and the note, which follows it.</summary>
    private static bool IsSettable(ColumnDefinition column)
        => column.Column is Column.AddressSpace or Column.TargetSpace or Column.Ordering or Column.OrderingDomain
            || column is { Presence: >= 0, Offset: >= 0 };

    private static void WriteSetter(TextWriter output, ColumnDefinition column)
    {
        var (name, upper) = (column.Name, column.Name.ToUpperInvariant());

        // Two columns share a byte there: see RecordColumns.
        var (excess, half) = column.Column switch
        {
            Column.AddressSpace => (" + 1", ""),
            Column.TargetSpace => (" + 1", " << 4"),
            Column.OrderingDomain => ("", " << 4"),
            _ => ("", ""),
        };
        var value = excess.Length > 0 ? $"((uint64_t){name}{excess})" : $"(uint64_t){name}";
        output.Write($"\n/* {column.Meaning} */\nstatic inline void vtrace_set_{name}(vtrace_record *record, {TypeOf(column)} {name})\n{{\n");
        output.Write($"    record->word[VTRACE_WORD_{upper}] |= {value}{half} << VTRACE_SHIFT_{upper};\n");
        if (column.Presence >= 0) output.Write($"    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_{upper};\n");
        output.Write("}\n");
    }

    private static void WriteFormat(TextWriter output)
    {
        output.Write($"#define VTRACE_SCHEMA_VERSION \"{RunFacts.CurrentSchema.ToString(2)}\"\n");
        output.Write($"#define VTRACE_DEFAULT_PROFILE \"{new RunFacts().Profile}\"\n");
        (string Name, string Value)[] constants =
        [
            ("SCHEMA_MAJOR", Text(RunFacts.CurrentSchema.Major)), ("SCHEMA_MINOR", Text(RunFacts.CurrentSchema.Minor)),
            ("FORMAT_VERSION", Text(JournalFormat.Version)), ("MAGIC", $"UINT64_C({Hex(JournalFormat.Magic)})"),
            ("END_MARK", $"UINT64_C({Hex(JournalFormat.EndMark)})"), ("END_MARK_OFFSET", Text(JournalFormat.EndMarkOffset)),
            ("EVENTS_OFFSET", Text(JournalFormat.EventsOffset)), ("LOST_OFFSET", Text(JournalFormat.LostOffset)),
            ("TEXT_OFFSET", Text(JournalFormat.TextOffset)), ("CHECKED_BYTES", Text(JournalFormat.CheckedBytes)),
            ("SEGMENT_MAGIC", $"UINT64_C({Hex(JournalFormat.SegmentMagic)})"), ("PAGE_BYTES", Text(JournalFormat.PageBytes)),
            ("MIN_SEGMENT_BYTES", Text(JournalFormat.MinSegmentBytes)), ("MAX_SEGMENT_BYTES", Text(JournalFormat.MaxSegmentBytes)),
            ("RECORDS_KEPT_FOR_LOSS", Text(JournalFormat.RecordsKeptForLoss)), ("NOTE_OFFSET", Text(JournalFormat.NoteTextOffset)),
            ("NOTE_BYTES", Text(JournalFormat.NoteBytesPerRecord)), ("MAX_NOTE_BYTES", Text(JournalFormat.MaxNoteBytes)),
        ];
        foreach (var (name, value) in constants) output.Write($"#define VTRACE_{name} {value}\n");
        output.Write('\n');
    }

    /// <summary>What four bits of input do to a CRC-32C: a table that stays in the cache beside the recorded program's data.</summary>
    private static void WriteCrcTable(TextWriter output)
    {
        const int Nibbles = 16;
        const int PerLine = 4;
        for (var first = 0; first < Nibbles; first += PerLine)
            output.Write($"        {string.Join(", ", Enumerable.Range(first, PerLine).Select(nibble => Hex(Crc32C.OfNibble((uint)nibble))))},\n");
    }

    private static string TypeOf(ColumnDefinition column) => column.Type switch
    {
        ColumnType.UInt64 => "uint64_t",
        ColumnType.UInt32 => "uint32_t",
        ColumnType.UInt16 => "uint16_t",
        ColumnType.Boolean => "bool",
        _ => "uint8_t",
    };

    private static int ShiftOf(int offset) => offset % WordBytes * BitsOfByte;

    private static string Lower(string member) => SnakeCase.Of(member);

    private static string Upper(string member) => SnakeCase.Of(member).ToUpperInvariant();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hex(ulong number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);
}
