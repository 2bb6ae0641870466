using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Rows;

/// <summary>
/// A format that is a text, plain or gzip, of which each line is an event with its columns: as many sources as it names, in
/// the order of its lines.
/// </summary>
public abstract class RowFormat : IImportFormat
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract bool Recognises(FileStart start);

    /// <inheritdoc />
    public IReadOnlyList<IEventReader> Open(string path, IReadOnlyList<EventRecord> declared)
    {
        var form = CreateForm();
        var file = RowFile.Scan(path, form);
        var readers = new List<IEventReader>();
        try
        {
            foreach (var source in file.Sources) readers.Add(new RowReader(file, form, source));
        }
        catch
        {
            foreach (var reader in readers) reader.Dispose();
            throw;
        }

        if (declared.Count > 0 || file.Remarks.HasEvents) readers.Add(new RemarkReader(declared, file.Remarks));
        return readers;
    }

    /// <summary>How a line is read.</summary>
    protected abstract IRowForm CreateForm();
}
