using System.CommandLine;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Prints the schema reference.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal console)
    {
        var format = CommonOptions.Format("markdown", "c");
        var command = new Command(
            "schema", "Prints the reference of the event table and its metadata, or as c the header by which other programs record.") { format };
        command.SetAction(Application.Handle(console, (parsed, _) =>
        {
            if (parsed.GetValue(format) == "c") CHeader.Write(console.Output);
            else SchemaReference.Write(console.Output);
            return ExitCode.Clean;
        }));
        return command;
    }
}
