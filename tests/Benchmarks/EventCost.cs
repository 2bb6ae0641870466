using System.Diagnostics;
using System.Globalization;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Benchmarks;

/// <summary>What one recorded event costs the recorded program, timestamp included, beside a bare timestamp read.</summary>
internal static class EventCost
{
    private const int Events = 2_000_000;
    private const int Repetitions = 7;

    public static IEnumerable<Row> Measure()
    {
        using var workshop = new Workshop();
        var timestamps = new double[Repetitions];
        var events = new double[Repetitions];
        var bytes = 0L;
        var lost = 0UL;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            timestamps[repetition] = TimestampNs();
            (events[repetition], var allocated, var lostNow) = WriteNs(workshop.PathOf($"one-{repetition}"), Events);
            bytes = Math.Max(bytes, allocated);
            lost += lostNow;
        }

        var (timestamp, single) = (Workshop.MedianOf(timestamps), Workshop.MedianOf(events));
        yield return new Row(
            "one recorded event", Ns(single), $"timestamp read {Ns(timestamp)}", single / timestamp, "at most 45 ns and 1.7x");
        yield return new Row("allocated, lost", $"{bytes} B, {lost} events", "-", null, "0 and 0");

        foreach (var sources in (int[])[2, 4])
        {
            var together = Workshop.MedianOf(Enumerable.Range(0, 3).Select(turn => TogetherNs(workshop, sources, turn)));
            yield return new Row(
                $"one event, {sources} sources at once on {Environment.ProcessorCount} processors, processor time",
                Ns(together), $"alone {Ns(single)}", together / single, "at most 1.5x per thread");
        }
    }

    private static string Ns(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " ns";

    private static double TimestampNs()
    {
        long sum = 0;
        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < Events; index++) sum += Stopwatch.GetTimestamp() & 1;
        var taken = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Events;
        GC.KeepAlive(sum);
        return taken;
    }

    private static (double Ns, long Allocated, ulong Lost) WriteNs(string path, int count)
    {
        using var journal = Open(path);
        Write(journal, count / 8);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        Write(journal, count);
        var taken = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        return (taken, GC.GetAllocatedBytesForCurrentThread() - allocated, journal.Lost);
    }

    /// <summary>Processor time per event: with more sources than processors, wall time would count waiting for a turn.</summary>
    private static double TogetherNs(Workshop workshop, int sources, int turn)
    {
        using var ready = new Barrier(sources + 1);
        var threads = Enumerable.Range(0, sources).Select(source => new Thread(() =>
        {
            using var journal = Open(workshop.PathOf($"{sources}-{turn}-{source}"));
            Write(journal, Events / 8);
            ready.SignalAndWait();
            Write(journal, Events);
            ready.SignalAndWait();
        })).ToList();
        threads.ForEach(thread => thread.Start());
        ready.SignalAndWait();
        var before = Environment.CpuUsage.TotalTime;
        ready.SignalAndWait();
        var taken = Environment.CpuUsage.TotalTime - before;
        threads.ForEach(thread => thread.Join());
        return taken.TotalNanoseconds / sources / Events;
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
