using System.Globalization;
using System.Security.Cryptography;
using Tracing.Journals;
using Tracing.Journals.Mirror;
using Tracing.Samples.EventSource;
using Tracing.Schemas;

// eventsource EVENTS [SEED [FOLDER]]
// Makes so many events, or some every millisecond until it is told to stop where EVENTS is 0; with FOLDER into a journal too.
// It waits for a line of input before it begins, and for another one before it ends its source, so that whoever records it
// can come and go in between. Where its input ends, it waits for nothing.
var wanted = args.Length > 0 ? ulong.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var facts = new RunFacts
{
    RunId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString(),
    Producer = "eventsource sample",
    Sources = [new SourceFacts("driver", MonotonicClock.Facts, ["driver.*"], 0)],
};

Console.WriteLine($"ready {Environment.ProcessId}");
Console.ReadLine();
var stop = wanted == 0 ? Task.Run(Console.ReadLine) : null;
if (args.Length > 2)
{
    // A journal's events are mirrored as they are.
    using var session = new RecordingSession(args[2], facts, 4 << 20);
    var sink = session.AddSource(facts.Sources[0], default(MonotonicClock));
    Finish(Emit(sink, wanted, seed, stop), session.Complete);
}
else
{
    using var sink = new MirrorSink<MonotonicClock>(facts, default);
    Finish(Emit(sink, wanted, seed, stop), sink.Complete);
}

static ulong Emit(IEventSink sink, ulong wanted, int seed, Task? stop)
{
    const int AtOnce = 50;
    var driver = new MadeUpDriver(sink, seed);
    driver.Step();
    Console.WriteLine($"begun {driver.Events}");
    while (stop is null ? driver.Events < wanted : driver.Events % AtOnce != 0 || !stop.Wait(TimeSpan.FromMilliseconds(1))) driver.Step();
    return driver.Events;
}

static void Finish(ulong events, Action complete)
{
    Console.WriteLine($"emitted {events}");
    Console.ReadLine();
    complete();
    Console.WriteLine($"closed {events}");
}
