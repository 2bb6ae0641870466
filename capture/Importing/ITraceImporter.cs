using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>Makes events of the lines of one format that somebody else's program writes.</summary>
public interface ITraceImporter
{
    /// <summary>The name that <c>--from</c> takes, and the source's.</summary>
    string Name { get; }

    /// <summary>What a recording of this format can show at most.</summary>
    SourceFacts MayShow { get; }

    /// <summary>
    /// What this one can see, and by what clock. A kind of event of which there is no line was not traced, as far as anybody
    /// can say: to be asked at the end.
    /// </summary>
    SourceFacts Shows { get; }

    /// <summary>Whether a file whose first lines are these is of this format.</summary>
    bool Recognises(IReadOnlyList<string> firstLines);

    /// <summary>Takes the next line. Never throws, whatever is in it: what is not understood is counted.</summary>
    void Take(ReadOnlySpan<byte> line, ImportedEvents events);
}
