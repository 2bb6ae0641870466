using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Tracing.Capture.Cli;

/// <summary>Runs a command line, so that every way to fail has its exit code and one clear line.</summary>
internal static class CommandLine
{
    /// <summary>SIGXFSZ on Linux.</summary>
    private const int FileSizeLimitSignal = 25;

    /// <summary>Parses and runs.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="args">The words.</param>
    /// <param name="output">For data.</param>
    /// <param name="error">For talk.</param>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost place: the process answers with exit code 70.")]
    public static async Task<ExitCode> RunAsync(RootCommand root, string[] args, TextWriter output, TextWriter error)
    {
        // Names of files may begin with '@', which is no file of arguments here.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            // What was written and not understood says more than what is missing because of it.
            var problem = parsed.UnmatchedTokens is [var word, ..]
                ? $"'{word}' is no command, option or argument here"
                : parsed.Errors[0].Message;
            error.Say($"{string.Join(' ', problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} (see capture --help)");
            return ExitCode.Usage;
        }

        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, cancellation));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, cancellation));
        using var fileSize = IgnoreFileSizeLimit();
        try
        {
            // The signals are ours: System.CommandLine would end the process while we still seal.
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            };
            return (ExitCode)await parsed.InvokeAsync(invocation, cancellation.Token).ConfigureAwait(false);
        }
        catch (UsageException exception)
        {
            error.Say(exception.Message);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say(exception.Message);
            return ExitCode.Internal;
        }
        catch (OperationCanceledException)
        {
            error.Say("interrupted");
            return ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            error.Say($"internal error: {exception.GetType().Name}: {exception.Message}");
            return ExitCode.Internal;
        }
    }

    /// <summary>
    /// Where a limit on file sizes would end the process, writing then fails like on a full disk, which we can tell.
    /// </summary>
    private static PosixSignalRegistration? IgnoreFileSizeLimit()
        => OperatingSystem.IsLinux()
            ? PosixSignalRegistration.Create((PosixSignal)FileSizeLimitSignal, context => context.Cancel = true)
            : null;

    /// <summary>The first signal asks to end; a second one, while we are still sealing, ends at once.</summary>
    private static void Cancel(PosixSignalContext context, CancellationTokenSource cancellation)
    {
        if (cancellation.IsCancellationRequested) return;
        context.Cancel = true;
        cancellation.Cancel();
    }
}
