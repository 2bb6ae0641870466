using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>A source whose events are few and were made already: in front what whoever imports declares.</summary>
/// <param name="source">The source.</param>
/// <param name="declared">What is declared.</param>
/// <param name="events">Its events.</param>
/// <param name="isComplete">Whether the recording came to its end.</param>
internal class ListedReader(SourceFacts source, IReadOnlyList<EventRecord> declared, ImportedEvents events, bool isComplete) : IEventReader
{
    private EventRecord current;

    /// <summary>What is declared, is seen.</summary>
    public SourceFacts Source { get; } = declared.Count == 0 ? source : source with { Sees = [.. source.Sees, "platform.region_mapped"] };

    /// <inheritdoc />
    public bool IsComplete => isComplete;

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc />
    public string? Note { get; private set; }

    /// <inheritdoc />
    public ulong Count { get; private set; }

    /// <summary>Whether the event is one of those declared.</summary>
    protected bool IsDeclared => Count <= (ulong)declared.Count;

    /// <inheritdoc />
    public bool Read()
    {
        Count++;
        if (IsDeclared)
        {
            current = declared[(int)Count - 1];
            return true;
        }

        if (!events.TryTake(out current, out var note)) return false;
        Note = note;
        current.HasNote = note is not null;
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // There is nothing open.
    }
}
