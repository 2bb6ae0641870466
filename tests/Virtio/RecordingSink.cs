using Tracing.Schemas;

namespace Tracing.Tests.Virtio;

/// <summary>Keeps every event with its note.</summary>
internal sealed class RecordingSink : IEventSink
{
    public List<(EventRecord Record, string? Note)> Events { get; } = [];

    public void Write(in EventRecord record, string? note = null) => Events.Add((record, note));

    public IEnumerable<EventRecord> Of(EventKind kind)
        => Events.Where(entry => entry.Record.Kind == kind).Select(entry => entry.Record);

    public string? LastNoteOf(EventKind kind) => Events.LastOrDefault(entry => entry.Record.Kind == kind).Note;
}
