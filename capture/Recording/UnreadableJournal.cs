using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>A file that should be a journal and cannot be read as one: a source of which only a loss is known.</summary>
internal sealed class UnreadableJournal(string path, string reason) : IEventReader
{
    private EventRecord loss = new(EventKind.Loss, Actor.Recorder, thread: 0);

    /// <summary>Why it cannot be read.</summary>
    public string Reason => reason;

    /// <inheritdoc />
    public SourceFacts Source { get; } =
        new(Path.GetFileNameWithoutExtension(path), new ClockFacts("unknown", 1, 0, null), [], 0);

    /// <inheritdoc />
    public bool IsComplete => false;

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref loss;

    /// <inheritdoc />
    public string? Note => reason;

    /// <inheritdoc />
    public ulong Count { get; private set; }

    /// <inheritdoc />
    public bool Read() => ++Count == 1;

    /// <inheritdoc />
    public void Dispose()
    {
        // There is nothing open.
    }
}
