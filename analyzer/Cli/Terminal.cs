using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Cli;

/// <summary>Where a command talks: data to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error)
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
