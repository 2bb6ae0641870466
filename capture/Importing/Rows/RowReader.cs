using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Rows;

/// <summary>
/// The events of one source of a file of rows. What is missing by the source's own count becomes a loss of that many; so does
/// a line that is the source's and cannot be read, since what it says may have been what a verdict rests on.
/// </summary>
internal sealed class RowReader(RowFile file, IRowForm form, RowSource source) : IEventReader, IRunWitness
{
    private readonly LineSource lines = LineSource.Open(file.Path);
    private EventRecord current;
    private EventRecord postponed;
    private string? postponedNote;
    private ulong last;

    /// <inheritdoc />
    public SourceFacts Source { get; } = source.Facts(file.Clock);

    /// <inheritdoc />
    public RunFacts? Run => file.Header;

    /// <inheritdoc />
    public bool IsComplete => file.Damage is null && file.Header?.Complete != false;

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc />
    public string? Note { get; private set; }

    /// <inheritdoc />
    public ulong Count { get; private set; }

    /// <inheritdoc />
    public long? Place => lines.Number;

    /// <inheritdoc />
    public SourceOrder? OrderWith(string other) => file.Header?.SourceOrder.FirstOrDefault(
        order => (order.First == Source.Name && order.Second == other) || (order.Second == Source.Name && order.First == other));

    /// <inheritdoc />
    public bool Read()
    {
        if (postponed.Kind != 0)
        {
            Give(in postponed, postponedNote, last);
            postponed = default;
            return true;
        }

        while (lines.TryRead(out var line))
        {
            if (form.IsBlank(line) || form.HeaderOf(line) is not null || form.SourceOf(line) != Source.Name) continue;
            Take(line);
            return true;
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => lines.Dispose();

    private void Take(ReadOnlySpan<byte> line)
    {
        var isRead = form.TryRead(line, out var row, out var problem, out _);
        var isHeld = row.TryToRecord(out var record, out var misfit);
        var first = last == ulong.MaxValue ? last : last + 1;
        last = Math.Max(first, row[Column.SourceSequence] ?? 0);
        if (!isRead || !isHeld)
        {
            Give(Loss(last - first + 1), $"line {lines.Number}: {problem ?? misfit}", first);
        }
        else if (last > first && record.Kind != EventKind.Loss && current.Kind != EventKind.Loss)
        {
            (postponed, postponedNote) = (record, row.Note);
            Give(Loss(last - first), "a hole in the source's count", first);
        }
        else
        {
            Give(in record, row.Note, last);
        }
    }

    private void Give(in EventRecord record, string? note, ulong count)
    {
        current = record;
        current.HasNote = note is not null;
        (Note, Count) = (note, count);
    }

    private static EventRecord Loss(ulong events) => new(EventKind.Loss, Actor.Recorder, thread: 0) { Value = events };
}
