using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>A format that is a text, plain or gzip, of which each line says something: one source.</summary>
public abstract class LineFormat : IImportFormat
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract bool Recognises(FileStart start);

    /// <inheritdoc />
    public IReadOnlyList<IEventReader> Open(string path, IReadOnlyList<EventRecord> declared)
        => [new ImportReader(LineSource.Open(path), CreateImporter(), declared)];

    /// <summary>An importer that has read nothing.</summary>
    public abstract ITraceImporter CreateImporter();
}
