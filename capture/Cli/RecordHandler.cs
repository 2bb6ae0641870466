using Tracing.Capture.Recording;
using Tracing.Journals;

namespace Tracing.Capture.Cli;

/// <summary>What <c>capture record</c> does: records, seals, and says what became of it.</summary>
internal static class RecordHandler
{
    public static ExitCode Run(RecordOptions options, TextWriter output, TextWriter error, CancellationToken token)
    {
        var folder = options.Request.JournalFolder;
        if (JournalPlace.ObstacleTo(options.Target, folder) is { } obstacle)
        {
            error.Say(obstacle);
            return ExitCode.RecordingIncomplete;
        }

        if (Record(options, error, token) is not { } outcome) return ExitCode.RecordingIncomplete;
        if (outcome.Misfit is { } misfit)
        {
            Delete(folder);
            error.Say(misfit);
            return ExitCode.Usage;
        }

        if (Seal(options, error) is not { } run) return ExitCode.RecordingIncomplete;
        if (!options.KeepJournals) Delete(folder);
        output.WriteLine(RunText.Summary(run));
        return Judge(options, outcome, run, error);
    }

    private static RecordingOutcome? Record(RecordOptions options, TextWriter error, CancellationToken token)
    {
        FileStream? listener = null;
        try
        {
            if (options.ProgressTo is { } path) listener = ProgressReporter.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say($"cannot tell progress to {options.ProgressTo}: {exception.Message}");
            return null;
        }

        var folder = options.Request.JournalFolder;
        RecordingSession? begun = null;
        ProgressReporter? progress = null;
        using (listener)
        {
            try
            {
                return SimulationRecorder.Record(
                    options.Request,
                    session => (begun, progress) = (session, new ProgressReporter(session, listener, error)),
                    token);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Journals without an event are no recording that somebody could want to recover.
                if (begun?.Progress.All(source => source.Events == 0) != false) Delete(folder);
                error.Say($"cannot record into {folder}: {exception.Message}");
                return null;
            }
            finally
            {
                progress?.Dispose();
            }
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is worth less than what was done.
        }
    }

    private static SealedRun? Seal(RecordOptions options, TextWriter error)
    {
        var folder = options.Request.JournalFolder;
        try
        {
            return JournalFolder.Seal([folder], options.Target, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.Say($"cannot write {options.Target}: {exception.Message}");
            error.Say($"what was recorded is in {folder}: capture recover {folder} -o RUN.parquet");
            return null;
        }
    }

    private static ExitCode Judge(RecordOptions options, RecordingOutcome outcome, SealedRun run, TextWriter error)
    {
        foreach (var failure in outcome.Failures) error.Say(failure);
        if (outcome.WasCancelled)
        {
            error.Say($"interrupted; {run.Path} has the {run.Events} events until then");
            return ExitCode.Cancelled;
        }

        if (!run.IsWhole)
        {
            error.Say($"the recording is incomplete: {run.Losses} losses, as loss events in {run.Path}");
            return ExitCode.RecordingIncomplete;
        }

        // Under a fault a run may well fail: that is what it is for. Without one, a reference machine is wrong.
        return outcome.Failures.Count > 0 && options.Request.Faults.Count == 0 ? ExitCode.Internal : ExitCode.Success;
    }
}
