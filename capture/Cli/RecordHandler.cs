using Tracing.Capture.Recording;

namespace Tracing.Capture.Cli;

/// <summary>What <c>capture record</c> does: records, seals, and says what became of it.</summary>
internal static class RecordHandler
{
    public static ExitCode Run(RecordOptions options, TextWriter output, TextWriter error, CancellationToken token)
    {
        var folder = options.Request.JournalFolder;
        if (JournalPlace.ObstacleTo(options.Target, folder) is { } obstacle)
        {
            error.WriteLine($"capture: {obstacle}");
            return ExitCode.RecordingIncomplete;
        }

        RecordingOutcome outcome;
        try
        {
            ProgressReporter? progress = null;
            try
            {
                outcome = SimulationRecorder.Record(
                    options.Request, session => progress = new ProgressReporter(session, options.ProgressTo, error), token);
            }
            finally
            {
                progress?.Dispose();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"capture: cannot record into {folder}: {CommandLine.OneLine(exception.Message)}");
            return ExitCode.RecordingIncomplete;
        }

        if (Seal(options, error) is not { } run) return ExitCode.RecordingIncomplete;
        if (!options.KeepJournals) Directory.Delete(folder, recursive: true);
        output.WriteLine(RunText.Summary(run));
        return Judge(options, outcome, run, error);
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
            error.WriteLine($"capture: cannot write {options.Target}: {CommandLine.OneLine(exception.Message)}");
            error.WriteLine($"capture: what was recorded is in {folder}: capture recover {folder} -o RUN.parquet");
            return null;
        }
    }

    private static ExitCode Judge(RecordOptions options, RecordingOutcome outcome, SealedRun run, TextWriter error)
    {
        foreach (var failure in outcome.Failures) error.WriteLine($"capture: {failure}");
        if (outcome.WasCancelled)
        {
            error.WriteLine($"capture: interrupted; {run.Path} has the {run.Events} events until then");
            return ExitCode.Cancelled;
        }

        if (!run.IsWhole)
        {
            error.WriteLine($"capture: the recording is incomplete: {run.Losses} losses, as loss events in {run.Path}");
            return ExitCode.RecordingIncomplete;
        }

        // Under a fault a run may well fail: that is what it is for. Without one, a reference machine is wrong.
        return outcome.Failures.Count > 0 && options.Request.Faults.Count == 0 ? ExitCode.Internal : ExitCode.Success;
    }
}
