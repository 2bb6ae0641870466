using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>What whoever imports a trace adds to it: declared windows, and remarks on what was not made use of.</summary>
internal sealed class TraceRemarks : IEventReader
{
    private readonly IReadOnlyList<(EventRecord Record, string? Note)> events;
    private EventRecord current;
    private int place;

    /// <summary>Begins.</summary>
    /// <param name="declared">The declared windows.</param>
    /// <param name="trace">How the reading of the trace went.</param>
    /// <param name="clock">The clock of the trace's sources: there is nothing that could be out of order with them.</param>
    public TraceRemarks(IReadOnlyList<EventRecord> declared, UnpackedTrace trace, ClockFacts clock)
    {
        Source = new SourceFacts("import", clock, [], 0);
        IsComplete = trace.Damage is null;
        events = [.. declared.Select(record => (record, (string?)null)), .. Remarks(trace)];
    }

    /// <summary>Whether there is anything to say.</summary>
    public bool IsEmpty => events.Count == 0;

    /// <inheritdoc />
    public SourceFacts Source { get; }

    /// <inheritdoc />
    public bool IsComplete { get; }

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc />
    public string? Note { get; private set; }

    /// <inheritdoc />
    public ulong Count => (ulong)place;

    /// <inheritdoc />
    public bool Read()
    {
        if (place == events.Count) return false;
        (current, Note) = events[place++];
        current.HasNote = Note is not null;
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static IEnumerable<(EventRecord Record, string? Note)> Remarks(UnpackedTrace trace)
    {
        foreach (var (what, count) in trace.PassedOver.OrderBy(kind => kind.Key, StringComparer.Ordinal))
            yield return Remark($"{count} events were passed over: {what}", count);
        if (trace.EventsLost > 0)
            yield return Remark($"the trace says that {trace.EventsLost} events of all its providers were lost", (ulong)trace.EventsLost);
        if (trace.Damage is { } damage) yield return Remark($"the file ends before its end: {damage}", 0);
    }

    private static (EventRecord Record, string? Note) Remark(string text, ulong value)
        => (new EventRecord(EventKind.Remark, Actor.Recorder, thread: 0) { Value = value, Time = EventRecord.UnknownTime }, text);
}
