using System.CommandLine;
using System.Data.Common;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Cli.Commands;

namespace Tracing.Analysis.Cli;

/// <summary>The program <c>analyzer</c>: its commands, and how whatever goes wrong becomes a line and an exit code.</summary>
internal static class Application
{
    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(string[] arguments, Terminal console)
    {
        var parsed = Root(console).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            // System.CommandLine would end with 1, which means findings here.
            await console.Error.WriteLineAsync($"analyzer: {Printable.Line(string.Join("; ", parsed.Errors.Select(problem => problem.Message)))} (see 'analyzer --help')").ConfigureAwait(false);
            return (int)ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration { Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    /// <summary>Makes an action of a handler; exceptions become a line and an exit code.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Handle(Terminal console, Func<ParseResult, CancellationToken, ExitCode> handler)
        => (parsed, token) => Task.Run(() => (int)Guard(console, () => handler(parsed, token), token), CancellationToken.None);

    private static ExitCode Guard(Terminal console, Func<ExitCode> handler, CancellationToken token)
    {
        try
        {
            return handler();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return console.Fail("cancelled", ExitCode.Cancelled);
        }
        catch (InputException exception)
        {
            return console.Fail(exception.Message, ExitCode.Input);
        }
        catch (Exception exception) when (exception is CatalogException or UsageException)
        {
            return console.Fail(exception.Message, ExitCode.Usage);
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            return console.Fail(Printable.FirstLine(exception.Message), ExitCode.Internal);
        }
    }

    private static RootCommand Root(Terminal console)
    {
        var root = new RootCommand("Judges recorded virtio runs against a catalogue of rules written in SQL.");
        foreach (var command in Commands(console)) root.Subcommands.Add(command);
        return root;
    }

    private static Command[] Commands(Terminal console) =>
    [
        CheckCommand.Create(console),
        RulesCommand.Create(console),
        ExplainCommand.Create(console),
        SqlCommand.Create(console),
        ShowCommand.Create(console),
        SummaryCommand.Create(console),
        ValidateCommand.Create(console),
        SchemaCommand.Create(console),
        ExamplesCommand.Create(console),
        OutsideCommand.Create(console),
    ];
}
