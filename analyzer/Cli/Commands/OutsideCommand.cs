using System.CommandLine;
using Tracing.Analysis.Outside;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>The child process in which text from outside runs; nobody calls it by hand.</summary>
internal static class OutsideCommand
{
    public static Command Create(Terminal console)
    {
        var command = new Command(OutsideProcess.CommandName, "Runs text from outside") { Hidden = true };
        command.SetAction((_, token) => Task.Run(() =>
        {
            using var input = Console.OpenStandardInput();
            using var output = Console.OpenStandardOutput();
            return OutsideChild.Run(input, output, console.Error, token);
        }, CancellationToken.None));
        return command;
    }
}
