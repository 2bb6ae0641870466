using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracing.Capture.Simulation;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>What to record.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Arguments">Its parameters.</param>
/// <param name="Faults">The faults.</param>
/// <param name="Seed">The seed.</param>
/// <param name="JournalFolder">Where the journals go.</param>
/// <param name="CommandLine">The command, for the run's facts.</param>
public sealed record RecordingRequest(
    Scenario Scenario,
    Arguments Arguments,
    IReadOnlyList<ChosenFault> Faults,
    ulong Seed,
    string JournalFolder,
    string? CommandLine = null)
{
    /// <summary>How much a journal grows at a time.</summary>
    public int SegmentBytes { get; init; } = SegmentSize.DefaultBytes;
}

/// <summary>How recording went.</summary>
/// <param name="Failures">What did not go as a right run goes.</param>
/// <param name="WasCancelled">Whether it was cut short.</param>
/// <param name="Misfit">Why what was asked for cannot be run; null if it can.</param>
public sealed record RecordingOutcome(IReadOnlyList<string> Failures, bool WasCancelled, string? Misfit = null);

/// <summary>Records simulated runs into journals.</summary>
public static class SimulationRecorder
{
    /// <summary>This program and its version, as runs name it.</summary>
    public static string Producer { get; } =
        "capture " + (typeof(SimulationRecorder).Assembly.GetName().Version?.ToString(3) ?? "unversioned");

    /// <summary>Runs the scenario; its journals are complete unless the run was cancelled.</summary>
    /// <param name="request">What to record.</param>
    /// <param name="started">Told of the recording before its first event, for progress.</param>
    /// <param name="token">Cuts the run short: what was recorded stays.</param>
    /// <exception cref="IOException">The journals cannot be created.</exception>
    public static RecordingOutcome Record(
        RecordingRequest request, Action<RecordingSession>? started = null, CancellationToken token = default)
    {
        var outcome = Run(request, started, token);
        foreach (var fault in request.Faults) fault.Fault.DamageJournals(request.JournalFolder, fault.Arguments);
        return outcome;
    }

    private static RecordingOutcome Run(RecordingRequest request, Action<RecordingSession>? started, CancellationToken token)
    {
        using var session = new RecordingSession(request.JournalFolder, Facts(request), request.SegmentBytes);
        var time = new VirtualTime();
        var run = new RunContext(
            request.Seed,
            request.Arguments,
            request.Faults,
            (name, sees) => session.AddSource(new SourceFacts(name, VirtualClock.Facts, sees, 0), new VirtualClock(time)),
            token);

        // The three usual sources are there even if one has nothing to say: a run that sees is not one that is blind.
        _ = (run.DriverSink, run.DeviceSink, run.PlatformSink);
        started?.Invoke(session);
        try
        {
            request.Scenario.Run(run);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return new RecordingOutcome(run.Failures, WasCancelled: true);
        }

        session.Complete();
        return new RecordingOutcome(run.Failures, WasCancelled: false, run.Misfit);
    }

    private static RunFacts Facts(RecordingRequest request) => new()
    {
        RunId = RunId(request),
        Producer = Producer,
        CommandLine = request.CommandLine,
        Seed = request.Seed,
        Profile = request.Scenario.Profile,
        Assumes = request.Scenario.Assumes,
        GroundTruth = new GroundTruth(
            request.Scenario.Name,
            [.. request.Faults.Select(fault => fault.Text)],
            request.Arguments.Values),
    };

    /// <summary>A UUID (version 8, RFC 9562) that follows from what is run: the same request makes the same run.</summary>
    private static string RunId(RecordingRequest request)
    {
        var text = new StringBuilder(request.Scenario.Name);
        text.Append(CultureInfo.InvariantCulture, $"\n{request.Seed}");
        foreach (var fault in request.Faults) text.Append('\n').Append(fault.Text);
        foreach (var (name, value) in request.Arguments.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"\n{name}={value}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }
}
