using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>
/// Puts the events of a run's sources into one order: by time, and where times do not order exactly, so that no event
/// stands before one that it depends on. Equal times go by source name, so that the same sources give the same run. Where
/// the sources' file has them in one order already, that order is kept.
/// </summary>
internal sealed class EventMerge
{
    /// <summary>How long an event waits for its cause when nobody knows how wrong the clocks are.</summary>
    private const long UnknownWindowNs = 10_000_000_000;

    /// <summary>Room for what clocks' facts do not state: a thread may stop between its clock and its store.</summary>
    private const long SlackNs = 1_000_000;

    private readonly EventCursor[] cursors;
    private readonly CausalOrder? causes;
    private readonly long windowNs;
    private ulong sequence;

    public EventMerge(IReadOnlyList<EventCursor> cursors)
    {
        this.cursors = [.. cursors];
        var isExact = cursors.All(cursor => IsVirtual(cursor.Reader.Source.Clock));
        causes = isExact ? null : new CausalOrder(HaveBothSides(cursors) ? new MatchedRegisters() : null);
        windowNs = cursors.Aggregate(0L, (window, cursor) => Widen(window, cursor.Reader.Source.Clock.UncertaintyNs));
        foreach (var cursor in this.cursors) cursor.Move();
    }

    /// <summary>Fills a batch with the next events; 0 at the end.</summary>
    public int Fill(EventBatch batch)
    {
        batch.Begin(sequence + 1);
        while (batch.Count < batch.Capacity && Next(out var bound) is { } cursor)
        {
            do Place(cursor, batch);
            while (batch.Count < batch.Capacity && !cursor.IsAtEnd && cursor.Time < bound && causes is null);
        }

        sequence += (ulong)batch.Count;
        return batch.Count;
    }

    /// <summary>How far the order of each pair of sources may be trusted. To be asked at the end.</summary>
    public IReadOnlyList<SourceOrder> Orders()
    {
        var orders = new List<SourceOrder>();
        for (var first = 0; first < cursors.Length; first++)
        {
            for (var second = first + 1; second < cursors.Length; second++) orders.Add(Order(cursors[first], cursors[second]));
        }

        return orders;
    }

    /// <summary>Whether driver and device both record their register accesses: otherwise there is nothing to match, and nothing to wait for.</summary>
    private static bool HaveBothSides(IReadOnlyList<EventCursor> cursors)
        => Sees(cursors, "driver") && Sees(cursors, "device");

    private static bool Sees(IReadOnlyList<EventCursor> cursors, string side)
        => cursors.Any(cursor => cursor.Reader.Source.Sees.Any(sees => sees is "*.*" || sees == $"{side}.*" || sees == $"{side}.register_write"));

    private static bool IsVirtual(ClockFacts clock) => clock is { Name: VirtualClock.Name, UncertaintyNs: 0 };

    private static long Widen(long window, long? uncertainty)
        => uncertainty is { } known ? Math.Max(window, (2 * Math.Clamp(known, 0, UnknownWindowNs)) + SlackNs) : UnknownWindowNs;

    /// <summary>
    /// The source whose event is next. Its following events are next too as long as they are before
    /// <paramref name="bound"/>.
    /// </summary>
    private EventCursor? Next(out long bound)
    {
        bound = long.MaxValue;
        EventCursor? first = null;
        EventCursor? ready = null;
        foreach (var cursor in cursors)
        {
            if (cursor.IsAtEnd) continue;
            if (first is null || cursor.Time < first.Time)
            {
                if (first is not null) bound = first.Time;
                first = cursor;
            }
            else
            {
                bound = Math.Min(bound, cursor.Time);
            }

            var isEarliestReady = ready is null || cursor.Time < ready.Time;
            if (causes is not null && isEarliestReady && (cursor.IsPlaced || !causes.MustWait(in cursor.Reader.Current))) ready = cursor;
        }

        if (causes is null || first is null || ready == first) return first;

        // The earliest event waits for its cause, but not for ever: the cause may be lost.
        var isWorthWaiting = ready is not null && (Int128)ready.Time - first.Time <= windowNs;
        return isWorthWaiting ? ready : first;
    }

    private void Place(EventCursor cursor, EventBatch batch)
    {
        var reader = cursor.Reader;
        batch.Add(in reader.Current, cursor.Index, reader.Count, reader.Note);
        causes?.Placed(in reader.Current, cursor.Index);
        cursor.Move();
    }

    private SourceOrder Order(EventCursor first, EventCursor second)
    {
        if (first.Reader.OrderWith(second.Name) is { } stated) return stated with { First = first.Name, Second = second.Name };
        var (one, other) = (first.Reader.Source.Clock, second.Reader.Source.Clock);
        if (IsVirtual(one) && IsVirtual(other)) return new(first.Name, second.Name, "exact");
        if (one.UncertaintyNs is not { } known || other.UncertaintyNs is not { } alsoKnown)
            return new(first.Name, second.Name, causes!.Orders(first.Index, second.Index) ? "causal" : "none");
        return causes!.Orders(first.Index, second.Index)
            ? new(first.Name, second.Name, "causal")
            : new(first.Name, second.Name, "time", (long)Math.Min((ulong)long.MaxValue, unchecked((ulong)known + (ulong)alsoKnown)));
    }
}
