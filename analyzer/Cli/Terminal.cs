using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Cli;

/// <summary>Where a command talks: data to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output, as text.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OpenOutput">Standard output, as bytes.</param>
/// <param name="HasKeyboard">Whether somebody sits there and types.</param>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error, Func<Stream> OpenOutput, bool HasKeyboard)
{
    /// <summary>Says in one line what went wrong, and ends so.</summary>
    public ExitCode Fail(string message, ExitCode exitCode)
    {
        Error.WriteLine($"analyzer: {Printable.Line(message)}");
        return exitCode;
    }
}

/// <summary>A command line that means nothing. The message is one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
