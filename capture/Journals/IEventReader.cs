using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>One source's events in the source's own order, as sealing takes them from a journal or an importer.</summary>
public interface IEventReader : IDisposable
{
    /// <summary>The source; its count of events is not looked at.</summary>
    SourceFacts Source { get; }

    /// <summary>Whether the recording came to its end.</summary>
    bool IsComplete { get; }

    /// <summary>The event, or a loss in its place. Every number in it has a name in this build's vocabulary.</summary>
    ref readonly EventRecord Current { get; }

    /// <summary>The event's note.</summary>
    string? Note { get; }

    /// <summary>The event's place in its source's count; of a loss, that of the first missing event.</summary>
    ulong Count { get; }

    /// <summary>
    /// The event's place among those of all sources of its file, where the file puts them in one order; null where only times
    /// do. It never goes back.
    /// </summary>
    long? Place => null;

    /// <summary>How far the order of this source and the <paramref name="other"/> may be trusted, where the recording itself says so.</summary>
    SourceOrder? OrderWith(string other) => null;

    /// <summary>Goes to the next event; false at the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    bool Read();
}
