using System.CommandLine;
using System.Globalization;
using Tracing.Capture.Cli.Live;
using Tracing.Capture.Importing.NetTrace;
using Tracing.Capture.Recording;
using Tracing.Journals;

namespace Tracing.Capture.Cli;

/// <summary><c>capture attach</c>: records another process of .NET that mirrors its events, from now on.</summary>
internal static class AttachCommand
{
    private static readonly Option<string> pid = new("--pid")
    {
        Description = "The process.",
        Required = true,
        HelpName = "N",
    };

    private static readonly Option<string> output = new("--output", "-o")
    {
        Description = "The run's Parquet file.",
        Required = true,
        HelpName = "RUN.parquet",
    };

    private static readonly Option<string?> duration = new("--duration")
    {
        Description = "How long to record; otherwise until the process ends, or until interrupted.",
        HelpName = "SECONDS",
    };

    private static readonly Option<int> buffer = new("--buffer")
    {
        Description = "What the process may hold back while this program is slower than it.",
        DefaultValueFactory = _ => 256,
        HelpName = "MiB",
    };

    public static Command Create()
    {
        var command = new Command("attach", "Records another process that mirrors its events. Example: capture attach --pid 4711 -o run.parquet --duration 10")
        {
            pid, output, duration, buffer,
        };
        command.SetAction(async (parsed, token) => (int)await Run(
            Options(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token).ConfigureAwait(false));
        return command;
    }

    private static AttachOptions Options(ParseResult parsed)
    {
        var (number, seconds, target) = (parsed.GetValue(pid)!, parsed.GetValue(duration), parsed.GetValue(output)!);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process) || process == 0)
            throw new UsageException($"--pid {number}: expected the number of a process");
        if (target.Length == 0) throw new UsageException("-o: expected a name");
        var size = parsed.GetValue(buffer);
        if (size is < 1 or > 4096) throw new UsageException($"--buffer {size}: expected a number from 1 to 4096");
        return new AttachOptions(
            process, target, seconds is null ? null : Seconds(seconds), size,
            "capture " + string.Join(' ', parsed.Tokens.Select(word => word.Value)));
    }

    private static TimeSpan Seconds(string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 10_000_000
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--duration {text}: expected a number of seconds");

    private static async Task<ExitCode> Run(AttachOptions options, TextWriter output, TextWriter error, CancellationToken token)
    {
        var trace = Beside(options.Target);
        if (JournalPlace.ObstacleTo(options.Target, trace) is { } obstacle)
        {
            error.Say(obstacle);
            return ExitCode.RecordingIncomplete;
        }

        try
        {
            var end = await Attachment.Record(options, trace, token).ConfigureAwait(false);
            if (end.Problem is { } problem) error.Say(problem);
            if (!end.IsUnreachable) return Seal(options, trace, end, output, error, token);
            return token.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.InputUnreadable;
        }
        finally
        {
            Delete(trace);
        }
    }

    private static ExitCode Seal(
        AttachOptions options, string trace, AttachmentEnd end, TextWriter output, TextWriter error, CancellationToken token)
    {
        IReadOnlyList<IEventReader> readers;
        try
        {
            readers = new NetTraceFormat().Open(trace, []);
        }
        catch (IOException exception)
        {
            error.Say($"process {options.Process}: {exception.Message}");
            return ExitCode.InputUnreadable;
        }

        try
        {
            var facts = ImportCommand.Facts(readers, options.CommandLine, []);
            var run = Sealer.Seal(readers, facts, options.Target, CancellationToken.None);
            output.WriteLine(RunText.Summary(run));
            return Judge(run, readers, end, error, token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say($"cannot write {options.Target}: {exception.Message}");
            return ExitCode.RecordingIncomplete;
        }
    }

    /// <summary>That there were events before, and that others may follow, is what attaching means; what is missing in between is not.</summary>
    private static ExitCode Judge(SealedRun run, IReadOnlyList<IEventReader> readers, AttachmentEnd end, TextWriter error, CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            error.Say($"interrupted; {run.Path} has the {run.Events} events until then");
            return ExitCode.Cancelled;
        }

        var holes = readers.OfType<MirroredReader>().Aggregate(0UL, (sum, reader) => sum + reader.Holes);
        var isOpen = !end.WasLeft && !run.Facts.Complete;
        if (holes == 0 && !isOpen && end.Problem is null) return ExitCode.Success;
        error.Say($"the recording is incomplete: {run.Losses} losses, as loss events in {run.Path}");
        return ExitCode.RecordingIncomplete;
    }

    private static string Beside(string target)
    {
        var trace = $"{target}.nettrace";
        for (var number = 2; File.Exists(trace); number++) trace = $"{target}-{number}.nettrace";
        return trace;
    }

    private static void Delete(string trace)
    {
        try
        {
            File.Delete(trace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is worth less than what was done.
        }
    }
}
