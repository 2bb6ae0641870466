using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// Events on their way out. One whose device only later lines tell is held back, with all behind it, but not for ever: then its
/// device stays unknown.
/// </summary>
internal sealed class FtraceOutput
{
    /// <summary>So many events may wait for what later lines tell.</summary>
    public const int MostWaiting = 1 << 16;

    private readonly Queue<(EventRecord Record, string? Note, FtraceConversation? Conversation)> waiting = new();

    /// <summary>Adds an event of the device that stands in it, or that the conversation turns out to be with.</summary>
    public void Add(in EventRecord record, string? note = null, FtraceConversation? conversation = null)
    {
        waiting.Enqueue((record, note, conversation));
        if (waiting.Count > MostWaiting && waiting.Peek().Conversation is { } first) first.IsOver = true;
    }

    /// <summary>Hands on what waits for nothing.</summary>
    public void Flush(ImportedEvents events)
    {
        while (waiting.TryPeek(out var first))
        {
            var (record, note, conversation) = first;
            if (conversation is { Device: null, IsOver: false }) return;
            if (conversation is not null) record.Device = conversation.Device?.Number ?? EventRecord.None;
            events.Add(in record, note);
            waiting.Dequeue();
        }
    }

    /// <summary>Hands on everything.</summary>
    public void Conclude(ImportedEvents events)
    {
        foreach (var (_, _, conversation) in waiting)
        {
            if (conversation is not null) conversation.IsOver = true;
        }

        Flush(events);
    }
}
