using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>What an importer makes of lines: events to be taken in order, and a count of the lines that gave none.</summary>
public sealed class ImportedEvents
{
    private const int MostKinds = 64;
    private const int LettersShown = 160;
    private const string Others = "others";

    private readonly Queue<(EventRecord Record, string? Note)> waiting = new();
    private readonly Dictionary<(bool GaveEvent, string Why), (ulong Lines, string First)> oddities = [];

    /// <summary>Adds an event.</summary>
    public void Add(in EventRecord record, string? note = null) => waiting.Enqueue((record, note));

    /// <summary>Counts a line that gave no event.</summary>
    /// <param name="why">What kind of line it is.</param>
    /// <param name="line">The line, of which the first of its kind is shown.</param>
    public void PassOver(string why, ReadOnlySpan<byte> line) => Count((false, why), line);

    /// <summary>Counts a line that gave an event and is odd all the same.</summary>
    /// <param name="why">What is odd about it.</param>
    /// <param name="line">The line, of which the first of its kind is shown.</param>
    public void PointOut(string why, ReadOnlySpan<byte> line) => Count((true, why), line);

    /// <summary>Whether an event waits to be taken.</summary>
    internal bool HasEvents => waiting.Count > 0;

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
        foreach (var ((gaveEvent, why), (lines, first)) in oddities.OrderBy(kind => kind.Key.Why, StringComparer.Ordinal))
            Remark($"{lines} lines {(gaveEvent ? "are odd" : "gave no event")}: {why}; the first is '{first}'", lines);
        oddities.Clear();
        if (damage is not null) Remark($"the file ends before its end: {damage}", 0);
    }

    private void Count((bool GaveEvent, string Why) kind, ReadOnlySpan<byte> line)
    {
        if (oddities.TryGetValue(kind, out var known)) oddities[kind] = (known.Lines + 1, known.First);
        else if (oddities.Count < MostKinds || kind.Why == Others) oddities[kind] = (1, Shown(line));
        else Count((kind.GaveEvent, Others), line);
    }

    private static string Shown(ReadOnlySpan<byte> line)
        => Printable.Line(Encoding.Latin1.GetString(line.Length > LettersShown ? line[..LettersShown] : line));

    private void Remark(string text, ulong value)
        => Add(new EventRecord(EventKind.Remark, Actor.Recorder, thread: 0) { Value = value, Time = EventRecord.UnknownTime }, text);
}
