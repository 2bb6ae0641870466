using Tracing.Schemas;

namespace Tracing.Capture.Importing.Rows;

/// <summary>
/// A file of rows, read once from end to end to learn which sources it has and what of it is no event. Each source's events
/// are read afterwards, from the file again: so memory is bounded however the sources lie.
/// </summary>
internal sealed class RowFile
{
    /// <summary>A file is read once for each source.</summary>
    private const int MostSources = 64;

    private readonly IRowForm form;
    private readonly Dictionary<string, RowSource> sources = new(StringComparer.Ordinal);
    private ulong lastSequence;
    private bool hasRows;
    private bool hasTimes;

    private RowFile(IRowForm form, string path) => (this.form, Path) = (form, path);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What its header says; null if it has none.</summary>
    public RunFacts? Header { get; private set; }

    /// <summary>Its sources, in the order in which the header and then the lines name them.</summary>
    public IReadOnlyList<RowSource> Sources => [.. sources.Values];

    /// <summary>Remarks on what of it gave no event.</summary>
    public ImportedEvents Remarks { get; } = new();

    /// <summary>Why it ended before its end, if it did.</summary>
    public string? Damage { get; private set; }

    /// <summary>The clock of a source of which the header says nothing: of this file's times, and no other's.</summary>
    public ClockFacts Clock => hasTimes
        ? new ClockFacts($"of {System.IO.Path.GetFileName(Path)}", 1, OffsetNs: 0, UncertaintyNs: null)
        : new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null);

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">It cannot be read, has no event, or has too many sources.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RowFile Scan(string path, IRowForm form)
    {
        var file = new RowFile(form, path);
        using var lines = LineSource.Open(path);
        while (lines.TryRead(out var line))
        {
            if (!form.IsBlank(line)) file.Take(line);
        }

        file.Damage = lines.Damage;
        file.Remarks.Conclude(lines.Damage);
        return file.sources.Count > 0 ? file : throw new IOException("no line of it is an event");
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (form.HeaderOf(line) is { } header) TakeHeader(header, line);
        else if (form.SourceOf(line) is not { } name) Remarks.PassOver("it is nobody's", line);
        else if (!form.TryRead(line, out var row, out _, out var unknown)) Remarks.PassOver("it cannot be read, and counts as lost", line);
        else if (!row.TryToRecord(out var record, out _)) Remarks.PassOver("no record can hold it, and it counts as lost", line);
        else TakeRow(Find(name), row, in record, unknown, line);
    }

    private void TakeHeader(string header, ReadOnlySpan<byte> line)
    {
        if (hasRows || Header is not null) Remarks.PassOver("what the run says of itself, behind its beginning", line);
        else if (!RunHeader.TryParse(header, out var facts, out var reason)) Remarks.PassOver($"what the run says of itself: {reason}", line);
        else
        {
            Header = facts;
            foreach (var stated in facts.Sources) sources[stated.Name] = new RowSource(stated.Name) { Stated = stated };
            CheckCount();
        }
    }

    private void TakeRow(RowSource source, EventRow row, in EventRecord record, IReadOnlyList<string> unknown, ReadOnlySpan<byte> line)
    {
        hasRows = true;
        hasTimes |= row.TimeNs is not null;
        source.Saw(in record);
        foreach (var name in unknown) Remarks.PointOut($"'{name}' is no column", line);
        if (row[Column.SourceSequence] is { } count)
        {
            if (count <= source.Count) Remarks.PointOut("a source's count that does not go on; the order of lines is kept", line);
            source.Count = count;
        }

        if (row[Column.Sequence] is not { } sequence) return;
        if (sequence <= lastSequence) Remarks.PointOut("a sequence that does not go on; the order of lines is kept", line);
        lastSequence = sequence;
    }

    private RowSource Find(string name)
    {
        if (sources.TryGetValue(name, out var source)) return source;
        sources[name] = source = new RowSource(name);
        CheckCount();
        return source;
    }

    private void CheckCount()
    {
        if (sources.Count > MostSources) throw new IOException($"it has more than {MostSources} sources");
    }
}
