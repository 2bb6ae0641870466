using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Tracing.Journals;
using Tracing.Journals.Mirror;
using Tracing.Schemas;

namespace Tracing.Benchmarks;

/// <summary>What the mirror for .NET's own tools costs: while nobody listens, beside a sink that does nothing at all; and while somebody does.</summary>
internal static class MirrorCost
{
    private const int Silent = 5_000_000;
    private const int Heard = 200_000;
    private const int Repetitions = 21;

    public static IEnumerable<Row> Measure()
    {
        var facts = new RunFacts { Sources = [new SourceFacts("driver", MonotonicClock.Facts, ["driver.*"], 0)] };
        using var mirror = new MirrorSink<MonotonicClock>(facts, default);
        var nothing = new NoSink();
        var (bare, silent) = (new double[Repetitions], new double[Repetitions]);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            bare[repetition] = WriteNs(nothing, Silent);
            silent[repetition] = WriteNs(mirror, Silent);
        }

        var (yardstick, measured) = (Workshop.MedianOf(bare), Workshop.MedianOf(silent));
        yield return new Row(
            "one event for the mirror while nobody listens", Ns(measured), $"a sink that does nothing {Ns(yardstick)}", measured / yardstick,
            "a few nanoseconds more");
        yield return new Row("one event while `capture attach` listens, which wants no stacks", Ns(HeardNs(mirror, stacks: false)), "EventPipe 509 ns (published)", null, "-");
        yield return new Row("one event while dotnet-trace listens, which takes stacks", Ns(HeardNs(mirror, stacks: true)), "EventPipe 1280 ns (published)", null, "-");
    }

    private static double HeardNs(MirrorSink<MonotonicClock> mirror, bool stacks)
    {
        var wanted = new EventPipeSessionConfiguration(
            [new EventPipeProvider(MirroredSource.ProviderName, EventLevel.Verbose)], requestRundown: false, requestStackwalk: stacks);
        using var session = new DiagnosticsClient(Environment.ProcessId).StartEventPipeSession(wanted);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        var taken = Workshop.MedianOf(Enumerable.Range(0, 5).Select(_ => WriteNs(mirror, Heard)));
        session.Stop();
        reading.Wait();
        return taken;
    }

    private static double WriteNs(IEventSink sink, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            sink.Write(new EventRecord(EventKind.Store, Actor.Driver, 0, 0, 0)
            {
                Part = Part.Descriptor,
                AddressSpace = AddressSpace.Bus,
                Address = 0xc000_0000UL + (uint)(index & 0xff) * 16,
                Length = 16,
                Slot = (ushort)(index & 0xff),
                Target = 0xc001_0000,
                Size = 4096,
            });
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static string Ns(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " ns";

    private sealed class NoSink : IEventSink
    {
        public void Write(in EventRecord record, string? note = null)
        {
        }
    }
}
