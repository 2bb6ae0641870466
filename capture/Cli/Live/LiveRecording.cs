using System.Security.Cryptography;
using Tracing.Capture.Recording;
using Tracing.Journals;
using Tracing.Schemas;
using Tracing.Virtio.Memory;

namespace Tracing.Capture.Cli.Live;

/// <summary>Records something real: opens the sources, runs it, seals what was recorded however it ended.</summary>
internal sealed class LiveRecording
{
    /// <summary>A real peer waits whenever we wait for the next segment: in every build there are few of them.</summary>
    private const int SegmentBytes = 4 << 20;

    private readonly RecordingSession? session;

    private LiveRecording(RecordingSession? session)
    {
        this.session = session;
        Platform = new PlatformProbes(Open("platform"));
    }

    /// <summary>The platform's voice.</summary>
    public PlatformProbes Platform { get; }

    /// <summary>Opens a source that sees everything of the actor whose name it begins with.</summary>
    public IEventSink Open(string source)
        => session is null ? new Discarding() : session.AddSource(new SourceFacts(source, MonotonicClock.Facts, [$"{source.Split('-')[0]}.*"], 0), default(MonotonicClock));

    /// <summary>Records while <paramref name="run"/> runs.</summary>
    /// <param name="options">Where it goes.</param>
    /// <param name="facts">What else is to be said of the run, or null.</param>
    /// <param name="run">What is recorded; it returns when that has ended, and says whether it ended well.</param>
    /// <param name="output">For data.</param>
    /// <param name="error">For talk.</param>
    /// <param name="token">Ends it early: what was recorded is sealed.</param>
    public static ExitCode Record(
        LiveOptions options, Func<RunFacts, RunFacts>? facts, Func<LiveRecording, ExitCode> run,
        TextWriter output, TextWriter error, CancellationToken token)
    {
        if (options.JournalFolder is not { } folder) return new LiveRecording(session: null).Run(run, error, token);
        if (JournalPlace.ObstacleTo(options.Target, folder) is { } obstacle)
        {
            error.Say(obstacle);
            return ExitCode.RecordingIncomplete;
        }

        var about = new RunFacts
        {
            RunId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString(),
            Producer = SimulationRecorder.Producer,
            CommandLine = options.CommandLine,
        };
        ExitCode outcome;
        try
        {
            using var session = new RecordingSession(folder, facts?.Invoke(about) ?? about, SegmentBytes);
            var recording = new LiveRecording(session);
            using var listener = options.ProgressTo is { } path ? ProgressReporter.Open(path) : null;
            using (new ProgressReporter(session, listener, error)) outcome = recording.Run(run, error, token);
            // What was cut short has no end mark: the run then says that it did not come to its end.
            if (outcome == ExitCode.Success) session.Complete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say($"cannot record into {folder}: {exception.Message}");
            return ExitCode.RecordingIncomplete;
        }

        return options.Target is null ? outcome : Seal(options, folder, options.Target, outcome, output, error);
    }

    /// <summary>Says that the peer has closed between two messages, which ends a run that is whole.</summary>
    /// <param name="device">The device that it had.</param>
    /// <param name="state">What was unfinished, "while …", or null.</param>
    /// <param name="error">For talk.</param>
    public void TellClosed(ushort device, string? state, TextWriter error)
    {
        var text = $"the peer has closed the connection{(state is null ? "" : $" {state}")}";
        Platform.Remark(text, device);
        error.Say(text);
    }

    /// <summary>A peer that breaks its protocol ends the run; that it did is part of the recording.</summary>
    private ExitCode Run(Func<LiveRecording, ExitCode> run, TextWriter error, CancellationToken token)
    {
        try
        {
            var outcome = run(this);
            if (!token.IsCancellationRequested) return outcome;
            Platform.Remark("the recording was interrupted");
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or System.Net.Sockets.SocketException)
        {
            var reason = exception.Message;
            Platform.Remark($"the recording ends here: {reason}");
            error.Say(reason);
            return ExitCode.InputUnreadable;
        }
    }

    private static ExitCode Seal(LiveOptions options, string folder, string target, ExitCode outcome, TextWriter output, TextWriter error)
    {
        SealedRun run;
        try
        {
            run = JournalFolder.Seal([folder], target, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.Say($"cannot write {target}: {exception.Message}");
            error.Say($"what was recorded is in {folder}: capture recover {folder} -o RUN.parquet");
            return ExitCode.RecordingIncomplete;
        }

        if (!options.KeepJournals) Directory.Delete(folder, recursive: true);
        output.WriteLine(RunText.Summary(run));
        if (run.Losses == 0) return outcome;
        error.Say($"the recording is incomplete: {run.Losses} losses, as loss events in {run.Path}");
        return ExitCode.RecordingIncomplete;
    }

    /// <summary>Nobody listens.</summary>
    private sealed class Discarding : IEventSink
    {
        public void Write(in EventRecord record, string? note = null)
        {
        }
    }
}
