using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>A kind of recording that somebody else's program makes. Whatever implements this can be imported.</summary>
public interface IImportFormat
{
    /// <summary>The name that <c>--from</c> takes.</summary>
    string Name { get; }

    /// <summary>Whether a file that begins like this is of this format.</summary>
    bool Recognises(FileStart start);

    /// <summary>Opens a file: a reader for each source in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="declared">Events that whoever imports adds in front, such as declared windows.</param>
    /// <exception cref="IOException">It cannot be read, or is not of this format at all.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    IReadOnlyList<IEventReader> Open(string path, IReadOnlyList<EventRecord> declared);
}
