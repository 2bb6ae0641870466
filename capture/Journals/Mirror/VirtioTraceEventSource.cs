using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Journals.Mirror;

/// <summary>
/// The provider that any tool for .NET's events can enable: what this process's sources record, one event a kind. Their
/// declarations are generated from the schema; what is written here is what the schema says of each kind.
/// </summary>
[EventSource(Name = ProviderName)]
internal sealed unsafe partial class VirtioTraceEventSource : EventSource
{
    /// <summary>The name by which it is enabled.</summary>
    public const string ProviderName = "VirtioTrace";

    /// <summary>Number of the event by which a source says what it is. Kinds of events have numbers below.</summary>
    public const int FactsEvent = 240;

    /// <summary>Number of the event by which a source says that it has ended.</summary>
    public const int ClosedEvent = 241;

    // Made before the base class's constructor runs, which may call OnEventCommand.
    private readonly Lock gate = new();
    private readonly List<MirroredSource> sources = [];
    private readonly ColumnDefinition[]?[] columnsByKind = Layouts(layout => layout.Columns.ToArray());
    private readonly MirrorLayout?[] layoutByKind = Layouts(layout => layout);

    /// <summary>The provider of this process.</summary>
    public static VirtioTraceEventSource Log { get; } = new();

    /// <summary>Makes a source known to whoever listens, now or later.</summary>
    [NonEvent]
    public void Add(MirroredSource source)
    {
        lock (gate) sources.Add(source);
        if (IsEnabled()) source.WriteFacts();
    }

    /// <summary>The source records no longer.</summary>
    [NonEvent]
    public void Remove(MirroredSource source)
    {
        lock (gate) sources.Remove(source);
    }

    /// <summary>
    /// Mirrors one event. One that carries what its kind may not is left out: its source's count then shows a hole.
    /// </summary>
    /// <param name="source">Who recorded it.</param>
    /// <param name="count">Its place in the source's count.</param>
    /// <param name="record">The event, with its time.</param>
    /// <param name="note">Its note, or null.</param>
    [NonEvent]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Numbers and texts only.")]
    public void Mirror(MirroredSource source, ulong count, in EventRecord record, string? note)
    {
        var kind = (byte)record.Kind;
        if (layoutByKind[kind]?.Holds(in record) != true) return;
        var columns = columnsByKind[kind]!;
        var last = columns.Length + 1;
        var values = stackalloc ulong[last + 1];
        var fields = stackalloc EventData[last + 1];
        fixed (char* name = source.Name)
        fixed (char* text = note ?? "")
        {
            values[0] = source.Instance;
            Set(ref fields[0], &values[0], sizeof(uint));
            for (var index = 1; index < last; index++)
            {
                var column = columns[index - 1];
                ulong? value = 1;
                switch (column.Column)
                {
                    case Column.Source:
                        Set(ref fields[index], name, TextBytes(source.Name));
                        break;
                    case Column.Note:
                        Set(ref fields[index], text, TextBytes(note ?? ""));
                        value = note is null ? null : 1;
                        break;
                    default:
                        value = column.Column switch
                        {
                            Column.SourceSequence => count,
                            Column.TimeNs => record.Time == EventRecord.UnknownTime ? null : unchecked((ulong)record.Time),
                            _ => RecordColumns.Read(in record, column),
                        };
                        values[index] = value.GetValueOrDefault();
                        Set(ref fields[index], &values[index], MirrorLayout.WidthOf(column));
                        break;
                }

                if (value.HasValue) values[last] |= 1UL << (index - 1);
            }

            Set(ref fields[last], &values[last], sizeof(ulong));
            WriteEventCore(kind, last + 1, fields);
        }
    }

    /// <summary>Says what a source is.</summary>
    /// <param name="source">Which one.</param>
    /// <param name="count">How many events it has by now; in the end, how many it had.</param>
    /// <param name="isClosed">Whether it has ended.</param>
    [NonEvent]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Numbers and texts only.")]
    public void Tell(MirroredSource source, ulong count, bool isClosed)
    {
        var facts = Encoding.UTF8.GetString(SourceText.Of(source.Facts));
        var instance = source.Instance;
        var fields = stackalloc EventData[4];
        fixed (char* name = source.Name)
        fixed (char* text = facts)
        {
            Set(ref fields[0], &instance, sizeof(uint));
            Set(ref fields[1], name, TextBytes(source.Name));
            Set(ref fields[2], &count, sizeof(ulong));
            Set(ref fields[3], text, TextBytes(facts));
            WriteEventCore(isClosed ? ClosedEvent : FactsEvent, 4, fields);
        }
    }

    /// <summary>Whoever begins to listen in the middle of a run is told what there is.</summary>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command is not (EventCommand.Enable or EventCommand.Update or EventCommand.SendManifest)) return;
        MirroredSource[] known;
        lock (gate) known = [.. sources];
        foreach (var source in known) source.WriteFacts();
    }

    private static void Set(ref EventData field, void* value, int bytes)
    {
        field.DataPointer = (nint)value;
        field.Size = bytes;
    }

    private static int TextBytes(string text) => (text.Length + 1) * sizeof(char);

    private static T?[] Layouts<T>(Func<MirrorLayout, T> choose)
        where T : class
    {
        var byKind = new T?[byte.MaxValue + 1];
        foreach (var layout in MirrorLayout.All) byKind[(byte)layout.Kind] = choose(layout);
        return byKind;
    }
}
