using System.Text;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// The events of one source that were mirrored, and what its counts say is missing: before the recorder came, in between,
/// and at the end.
/// </summary>
internal sealed class MirroredReader : IEventReader, IRunWitness
{
    /// <summary>No source lives to count any further; what says so is not believed.</summary>
    private const ulong MostEvents = long.MaxValue;

    private readonly SpoolReader spool;
    private readonly string openEnd;
    private readonly SpooledSource about;
    private EventRecord current;
    private ulong last;
    private long lastTime = EventRecord.UnknownTime;
    private bool isWaiting;
    private bool isAtEnd;

    /// <summary>Begins.</summary>
    /// <param name="spool">The events.</param>
    /// <param name="name">The source's name in the run.</param>
    /// <param name="openEnd">Why there may be no end of the source.</param>
    public MirroredReader(SpoolReader spool, string name, string openEnd)
    {
        this.spool = spool;
        this.openEnd = openEnd;
        about = spool.Source is { Total: > MostEvents } wrong ? wrong with { Total = null } : spool.Source;
        Run = about.Facts is { } facts ? SourceText.TryParse(Encoding.UTF8.GetBytes(facts), out _) : null;

        // Without its facts nobody knows what it could see.
        Source = Run is { Sources: [var said] } ? said with { Name = name } : new SourceFacts(name, new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null), [], 0);
    }

    /// <summary>What the source says of the run; null if that was lost.</summary>
    public RunFacts? Run { get; }

    /// <summary>How many losses there are besides those before the recorder came and behind what it saw.</summary>
    public ulong Holes { get; private set; }

    /// <inheritdoc />
    public SourceFacts Source { get; }

    /// <inheritdoc />
    public bool IsComplete => about.Total is not null;

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc />
    public string? Note { get; private set; }

    /// <inheritdoc />
    public ulong Count { get; private set; }

    /// <inheritdoc />
    public bool Read()
    {
        while (isWaiting || spool.Read())
        {
            isWaiting = true;
            if (spool.Count <= last || spool.Count > MostEvents)
            {
                // A count that comes again, or goes back, is no source's of ours.
                isWaiting = false;
                continue;
            }

            if (spool.Count > last + 1) return TakeHole(spool.Count);
            isWaiting = false;
            Take(in spool.Current, spool.Note, spool.Count);
            last = spool.Count;
            return true;
        }

        return ReadEnd();
    }

    /// <inheritdoc />
    public void Dispose() => spool.Dispose();

    /// <summary>Before the recorder came, and what was lost from there on, are two.</summary>
    private bool TakeHole(ulong next)
    {
        var missing = next - (last + 1);
        if (last == 0 && about.CountAtFirst is > 0 and { } before)
        {
            missing = Math.Min(missing, before);
            return TakeLoss(missing, $"the recorder came when {missing} events had been");
        }

        Holes++;
        return TakeLoss(missing, $"events {last + 1} to {last + missing} were lost on their way to the recorder");
    }

    private bool ReadEnd()
    {
        if (isAtEnd) return false;
        if (about.Total is { } total && total > last) return TakeHole(total + 1);
        isAtEnd = true;
        if (about.Total == last) return false;
        return TakeLoss(missing: null, about.Total is { } said ? $"the source says that it had {said} events, and there are {last}" : openEnd);
    }

    private bool TakeLoss(ulong? missing, string note)
    {
        var loss = new EventRecord(EventKind.Loss, Actor.Recorder, thread: 0) { Time = lastTime, Value = missing, HasNote = true };
        Take(in loss, note, last + 1);
        last += missing ?? 0;
        return true;
    }

    private void Take(in EventRecord record, string? note, ulong count)
    {
        current = record;
        Note = note;
        Count = count;
        if (record.Time != EventRecord.UnknownTime) lastTime = record.Time;
    }
}
