using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>Makes events of the lines of one file that somebody else's program wrote.</summary>
public interface ITraceImporter
{
    /// <summary>What a recording of this format can show at most.</summary>
    SourceFacts MayShow { get; }

    /// <summary>
    /// What this one can see, and by what clock. A kind of event of which there is no line was not traced, as far as anybody
    /// can say: to be asked at the end.
    /// </summary>
    SourceFacts Shows { get; }

    /// <summary>Takes the next line. Never throws, whatever is in it: what is not understood is counted.</summary>
    void Take(ReadOnlySpan<byte> line, ImportedEvents events);

    /// <summary>Takes a last line that has no end: where a number that was cut short would be another one, it is no line.</summary>
    void TakeTorn(ReadOnlySpan<byte> line, ImportedEvents events) => Take(line, events);

    /// <summary>The file has ended: what is still known only now.</summary>
    void Conclude(ImportedEvents events)
    {
    }
}
