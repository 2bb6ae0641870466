using Tracing.Schemas;

namespace Tracing.Analysis.Cli;

/// <summary>Where a command talks: data to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output, as text.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OpenOutput">Standard output, as bytes.</param>
/// <param name="HasKeyboard">Whether somebody sits there and types.</param>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error, Func<Stream> OpenOutput, bool HasKeyboard)
{
    /// <summary>A message may quote what somebody wrote to be long.</summary>
    private const int MostLetters = 2000;

    /// <summary>Says in one line what went wrong, and ends so.</summary>
    public ExitCode Fail(string message, ExitCode exitCode)
    {
        try
        {
            Error.WriteLine($"analyzer: {Printable.Short(message, MostLetters)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told; the exit code still says it.
        }

        return exitCode;
    }
}

/// <summary>A command line that means nothing. The message is one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
