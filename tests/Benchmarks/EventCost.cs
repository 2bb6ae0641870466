using System.Diagnostics;
using System.Globalization;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Benchmarks;

/// <summary>
/// What one recorded event costs the recorded program, timestamp included, beside a bare timestamp read. The rows with a
/// target are about a segment that is ready, which is what a program meets that does anything besides recording. A source
/// that does nothing else is at the mercy of how fast the system makes new pages of a file: the last row.
/// </summary>
internal static class EventCost
{
    private const int Sustained = 2_000_000;
    private const int Repetitions = 21;

    /// <summary>Nearly all of the first segment.</summary>
    private static readonly int events = (SegmentSize.DefaultBytes / EventRecord.SizeInBytes) - 1000;

    public static IEnumerable<Row> Measure()
    {
        using var workshop = new Workshop();
        var (timestamp, single, allocated, lost) = Alone(workshop);
        yield return new Row(
            "one recorded event", Ns(single), $"timestamp read {Ns(timestamp)}", single / timestamp, "at most 45 ns and 1.7x");
        yield return new Row("allocated, lost", $"{allocated} B, {lost} events", "-", null, "0 and 0");
        foreach (var sources in (int[])[2, 4])
        {
            var together = TogetherNs(workshop, sources);
            yield return new Row(
                $"one event, {sources} sources at once on {Environment.ProcessorCount} processors",
                Ns(together), $"alone {Ns(single)}", together / single, "at most 1.5x per thread");
        }

        var sustained = Workshop.MedianOf(Enumerable.Range(0, 5).Select(turn => WriteNs(workshop.PathOf($"sustained-{turn}"), Sustained).Ns));
        yield return new Row($"one event of {Sustained} on end, waiting for new pages of the file included", Ns(sustained), "LTTng-UST 115-173 ns (published)", null, "-");
    }

    /// <summary>One event into a segment that is ready, for comparisons.</summary>
    public static double OneEventNs(Workshop workshop)
        => Workshop.MedianOf(Enumerable.Range(0, Repetitions).Select(turn => WriteNs(workshop.PathOf($"compared-{turn}"), events).Ns).ToList());

    private static (double Timestamp, double Event, long Allocated, ulong Lost) Alone(Workshop workshop)
    {
        var timestamps = new double[Repetitions];
        var ours = new double[Repetitions];
        var allocated = 0L;
        var lost = 0UL;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            timestamps[repetition] = TimestampNs();
            (ours[repetition], var allocatedNow, var lostNow) = WriteNs(workshop.PathOf($"one-{repetition}"), events);
            allocated = Math.Max(allocated, allocatedNow);
            lost += lostNow;
        }

        return (Workshop.MedianOf(timestamps), Workshop.MedianOf(ours), allocated, lost);
    }

    private static string Ns(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " ns";

    private static double TimestampNs()
    {
        long sum = 0;
        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < events; index++) sum += Stopwatch.GetTimestamp() & 1;
        var taken = Stopwatch.GetElapsedTime(start).TotalNanoseconds / events;
        GC.KeepAlive(sum);
        return taken;
    }

    private static (double Ns, long Allocated, ulong Lost) WriteNs(string path, int count)
    {
        using var journal = Open(path);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        Write(journal, count);
        var taken = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        return (taken, GC.GetAllocatedBytesForCurrentThread() - allocated, journal.Lost);
    }

    /// <summary>The median over all sources and turns: with more sources than processors, some turns wait for a processor.</summary>
    private static double TogetherNs(Workshop workshop, int sources)
    {
        using var ready = new Barrier(sources);
        var taken = new double[sources * Repetitions];
        var threads = Enumerable.Range(0, sources).Select(source => new Thread(() =>
        {
            for (var turn = 0; turn < Repetitions; turn++)
            {
                using var journal = Open(workshop.PathOf($"{sources}-{turn}-{source}"));
                ready.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                Write(journal, events);
                taken[(source * Repetitions) + turn] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / events;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Workshop.MedianOf(taken);
    }

    private static JournalWriter<MonotonicClock> Open(string path)
        => new(path, new RunFacts { Sources = [new SourceFacts("driver", new ClockFacts("monotonic", 1, 0, 0), ["driver.*"], 0)] }, default);

    private static void Write(JournalWriter<MonotonicClock> journal, int count)
    {
        for (var index = 0; index < count; index++)
        {
            journal.Write(new EventRecord(EventKind.Store, Actor.Driver, 0, 0, 0)
            {
                Part = Part.Descriptor,
                AddressSpace = AddressSpace.Bus,
                Address = 0xc000_0000UL + (uint)(index & 0xff) * 16,
                Length = 16,
                Slot = (ushort)(index & 0xff),
                TargetSpace = AddressSpace.Bus,
                Target = 0xc001_0000,
                Size = 4096,
                Flags = 1,
                NextSlot = 2,
            });
        }
    }
}
