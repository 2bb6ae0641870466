using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>What an importer makes of lines: events to be taken in order, and a count of the lines that gave none.</summary>
public sealed class ImportedEvents
{
    private const int MostKinds = 64;
    private const int LettersShown = 160;

    private readonly Queue<(EventRecord Record, string? Note)> waiting = new();
    private readonly Dictionary<string, (ulong Lines, string First)> passedOver = new(StringComparer.Ordinal);

    /// <summary>Adds an event.</summary>
    public void Add(in EventRecord record, string? note = null) => waiting.Enqueue((record, note));

    /// <summary>Counts a line that gave no event.</summary>
    /// <param name="why">What kind of line it is.</param>
    /// <param name="line">The line, of which the first of its kind is shown.</param>
    public void PassOver(string why, ReadOnlySpan<byte> line)
    {
        if (passedOver.TryGetValue(why, out var known)) passedOver[why] = (known.Lines + 1, known.First);
        else if (passedOver.Count < MostKinds) passedOver[why] = (1, Shown(line));
        else PassOver("others", line);
    }

    /// <summary>The next event.</summary>
    internal bool TryTake(out EventRecord record, out string? note)
    {
        var isThere = waiting.TryDequeue(out var next);
        (record, note) = next;
        return isThere;
    }

    /// <summary>At the end: what was not made use of, as remarks, so that nobody takes silence for absence.</summary>
    internal void Conclude(string? damage)
    {
        foreach (var (why, (lines, first)) in passedOver.OrderBy(kind => kind.Key, StringComparer.Ordinal))
            Remark($"{lines} lines gave no event: {why}; the first is '{first}'", lines);
        passedOver.Clear();
        if (damage is not null) Remark($"the file ends before its end: {damage}", 0);
    }

    private static string Shown(ReadOnlySpan<byte> line)
        => Printable.Line(Encoding.Latin1.GetString(line.Length > LettersShown ? line[..LettersShown] : line));

    private void Remark(string text, ulong value)
        => Add(new EventRecord(EventKind.Remark, Actor.Recorder, thread: 0) { Value = value, Time = EventRecord.UnknownTime }, text);
}
