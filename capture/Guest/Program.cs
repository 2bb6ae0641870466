using System.Globalization;
using Tracing.Journals;
using Tracing.Peers.Sysfs;
using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;

// What `capture drive sysfs` does, for a guest too small for all of capture: the journals are sealed outside.
if (args.Length != 3 || !int.TryParse(args[2], NumberStyles.None, CultureInfo.InvariantCulture, out var requests) || requests < 1)
{
    Console.Error.WriteLine("capture-guest: expected FUNCTION JOURNAL-FOLDER REQUESTS");
    return 2;
}

try
{
    using var function = SysfsFunction.Open(args[0]);
    var facts = new RunFacts { RunId = Guid.Empty.ToString(), Producer = "capture-guest", CommandLine = $"capture-guest {string.Join(' ', args)}" };
    using var session = new RecordingSession(args[1], facts);
    var platform = new PlatformProbes(Open(session, "platform"));
    var epoch = new DriverEpoch { Work = new WriteAndVerifyPlan(requests), Wanted = DriverEpoch.DefaultFeatures.With(FeatureBit.BlkSegMax), Depth = 4, QueueSize = 16 };
    var (result, stopped) = SysfsDrive.Run(function, epoch, platform, Open(session, "driver"), conduct: null, TimeSpan.FromSeconds(20), CancellationToken.None);
    session.Complete();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Requests} requests, {result.BytesRead} bytes read back, {result.VerificationErrors} wrong, {result.FailedRequests} failed"));
    if ((stopped ?? result.Reason) is not { } problem) return 0;
    Console.Error.WriteLine($"capture-guest: {problem}");
    return 1;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"capture-guest: {exception.Message}");
    return 1;
}

static IEventSink Open(RecordingSession session, string source)
    => session.AddSource(new SourceFacts(source, MonotonicClock.Facts, [$"{source}.*"], 0), default(MonotonicClock));
