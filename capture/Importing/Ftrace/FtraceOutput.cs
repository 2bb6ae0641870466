using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// Events on their way out. One whose device or content only later lines tell is held back, with all behind it, but not for ever:
/// then that stays unknown.
/// </summary>
internal sealed class FtraceOutput
{
    /// <summary>So many events may wait for what later lines tell.</summary>
    public const int MostWaiting = 1 << 16;

    private readonly Queue<FtraceWaiting> waiting = new();

    /// <summary>Adds an event of the device that stands in it, or that the conversation turns out to be with.</summary>
    public FtraceWaiting Add(in EventRecord record, string? note = null, FtraceConversation? conversation = null)
    {
        var added = new FtraceWaiting(record, note, conversation);
        waiting.Enqueue(added);
        if (waiting.Count > MostWaiting) waiting.Peek().GiveUp();
        return added;
    }

    /// <summary>Hands on what waits for nothing.</summary>
    public void Flush(ImportedEvents events)
    {
        while (waiting.TryPeek(out var first) && first.IsSettled)
        {
            events.Add(first.Settled, first.Note);
            waiting.Dequeue();
        }
    }

    /// <summary>Hands on everything.</summary>
    public void Conclude(ImportedEvents events)
    {
        foreach (var last in waiting) last.GiveUp();
        Flush(events);
    }
}
