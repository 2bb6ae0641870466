using Tracing.Schemas;

namespace Tracing.Tests.Virtio;

/// <summary>Keeps every event with its note.</summary>
internal sealed class RecordingSink : IEventSink
{
    public List<(EventRecord Record, string? Note)> Events { get; } = [];

    public void Write(in EventRecord record, string? note = null) => Events.Add((record, note));

    public IEnumerable<EventRecord> Of(params EventKind[] kinds)
        => Events.Where(entry => kinds.Contains(entry.Record.Kind)).Select(entry => entry.Record);

    /// <summary>The values written to a register, in order.</summary>
    public ulong[] WrittenTo(RegisterName name)
        => [.. Of(EventKind.RegisterWrite).Where(record => record.RegisterName == name).Select(record => record.Value!.Value)];

    /// <summary>The place in the whole sequence of the first event that fits.</summary>
    public int FirstAt(Func<EventRecord, bool> fits) => Events.FindIndex(entry => fits(entry.Record));

    /// <summary>The place in the whole sequence of the last event that fits.</summary>
    public int LastAt(Func<EventRecord, bool> fits) => Events.FindLastIndex(entry => fits(entry.Record));

    public string? LastNoteOf(EventKind kind) => Events.LastOrDefault(entry => entry.Record.Kind == kind).Note;
}
