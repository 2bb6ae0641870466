using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>A source at its next event, with that event's time on the run's clock.</summary>
internal sealed class EventCursor(IEventReader reader, int index, string name) : IDisposable
{
    /// <summary>Place among the run's sources.</summary>
    public int Index => index;

    /// <summary>The source's name in the run.</summary>
    public string Name => name;

    /// <summary>Where its events come from.</summary>
    public IEventReader Reader => reader;

    /// <summary>Whether there is no next event.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>
    /// The next event's time on the run's clock. It never goes back: a source's own order is certain, its clock is not.
    /// Where the source's file puts all events in one order, it is the place in that.
    /// </summary>
    public long Time { get; private set; } = long.MinValue;

    /// <summary>Whether its file says where its events stand, and no clock has to.</summary>
    public bool IsPlaced => reader.Place is not null;

    /// <summary>How many events were read.</summary>
    public ulong Events { get; private set; }

    /// <summary>How many losses were met.</summary>
    public ulong Losses { get; private set; }

    /// <summary>Goes to the next event.</summary>
    public void Move()
    {
        if (!reader.Read())
        {
            IsAtEnd = true;
            return;
        }

        Events++;
        ref readonly var record = ref reader.Current;
        if (record.Kind == EventKind.Loss) Losses++;
        if (reader.Place is { } place)
        {
            Time = Math.Max(Time, place);
            return;
        }

        if (record.Time == EventRecord.UnknownTime) return;
        var time = (Int128)record.Time + reader.Source.Clock.OffsetNs;
        Time = Math.Max(Time, (long)Int128.Clamp(time, long.MinValue, long.MaxValue));
    }

    public void Dispose() => reader.Dispose();
}
