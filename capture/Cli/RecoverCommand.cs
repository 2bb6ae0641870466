using System.CommandLine;
using Tracing.Capture.Recording;

namespace Tracing.Capture.Cli;

/// <summary><c>capture recover</c>: seals the journals of a recording that could not do it itself.</summary>
internal static class RecoverCommand
{
    private static readonly Argument<string[]> folders = new("FOLDER")
    {
        Description = "Folders of journals of one run, or single journals.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> output = new("--output", "-o")
    {
        Description = "The run's Parquet file.",
        Required = true,
        HelpName = "RUN.parquet",
    };

    public static Command Create()
    {
        var command = new Command(
            "recover", "Seals what a recording left behind. Example: capture recover run.parquet.journals -o run.parquet")
        {
            folders, output,
        };
        command.SetAction((parsed, token) => Task.Run(
            () => (int)Run(
                parsed.GetValue(folders)!,
                parsed.GetValue(output)!,
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error,
                token),
            CancellationToken.None));
        return command;
    }

    public static ExitCode Run(
        IReadOnlyList<string> journals, string target, TextWriter output, TextWriter error, CancellationToken token)
    {
        if (target.Length == 0) throw new UsageException("-o: expected a name");
        SealedRun run;
        try
        {
            run = JournalFolder.Seal(journals, target, token);
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException)
        {
            error.Say(exception.Message);
            return ExitCode.InputUnreadable;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say($"cannot write {target}: {exception.Message}");
            return ExitCode.RecordingIncomplete;
        }

        output.WriteLine(RunText.Summary(run));
        if (!run.Facts.Complete) error.Say("the recording did not come to its end");
        if (run.Losses == 0) return ExitCode.Success;
        error.Say($"{run.Losses} losses, as loss events in {run.Path}");
        return ExitCode.RecordingIncomplete;
    }
}
