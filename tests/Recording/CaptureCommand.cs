using Tracing.Capture.Cli;

namespace Tracing.Tests.Recording;

/// <summary>Runs a command line of <c>capture</c> in this process.</summary>
internal sealed record CaptureCommand(ExitCode Exit, string Output, string Error)
{
    public static async Task<CaptureCommand> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(Commands.CreateRoot(), arguments, output, error);
        return new CaptureCommand(exit, output.ToString(), error.ToString());
    }
}
