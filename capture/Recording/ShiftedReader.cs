using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>A source whose clock was found to run apart from the run's.</summary>
/// <param name="reader">The source.</param>
/// <param name="offsetNs">Nanoseconds to be added to its times.</param>
/// <param name="uncertaintyNs">How wrong that may be.</param>
public sealed class ShiftedReader(IEventReader reader, long offsetNs, long uncertaintyNs) : IEventReader
{
    /// <inheritdoc />
    public SourceFacts Source => reader.Source with
    {
        Clock = reader.Source.Clock with { OffsetNs = offsetNs, UncertaintyNs = uncertaintyNs },
    };

    /// <inheritdoc />
    public bool IsComplete => reader.IsComplete;

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref reader.Current;

    /// <inheritdoc />
    public string? Note => reader.Note;

    /// <inheritdoc />
    public ulong Count => reader.Count;

    /// <inheritdoc />
    public bool Read() => reader.Read();

    /// <inheritdoc />
    public void Dispose() => reader.Dispose();
}
