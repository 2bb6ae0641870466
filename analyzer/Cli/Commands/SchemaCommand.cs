using System.CommandLine;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Prints the schema reference.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal console)
    {
        var command = new Command("schema", "Prints the reference of the event table and its metadata.");
        command.SetAction(Application.Handle(console, (_, _) =>
        {
            SchemaReference.Write(console.Output);
            return ExitCode.Clean;
        }));
        return command;
    }
}
