using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Cli.Commands;
using Tracing.Schemas;

namespace Tracing.Analysis.Cli;

/// <summary>The program <c>analyzer</c>: its commands, and how whatever goes wrong becomes a line and an exit code.</summary>
internal static class Application
{
    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(string[] arguments, Terminal console)
    {
        // A run's name and a query may begin with '@', which is no file of arguments here.
        var parsed = Root(console).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            // System.CommandLine would end with 1, which means findings here.
            return (int)console.Fail($"{string.Join("; ", parsed.Errors.Select(OneLine))} (see 'analyzer --help')", ExitCode.Usage);
        }

        var configuration = new InvocationConfiguration { Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    /// <summary>Makes an action of a handler; exceptions become a line and an exit code.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Handle(Terminal console, Func<ParseResult, CancellationToken, ExitCode> handler)
        => (parsed, token) => Task.Run(() => (int)Guard(console, () => handler(parsed, token), token), CancellationToken.None);

    [SuppressMessage("Design", "CA1031", Justification = "The outermost place: the process answers with exit code 70.")]
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
        catch (ReaderGoneException)
        {
            return ExitCode.Clean;
        }
        catch (InputException exception)
        {
            return console.Fail(exception.Message, ExitCode.Input);
        }
        catch (Exception exception) when (exception is CatalogException or UsageException or RefusedException)
        {
            return console.Fail(exception.Message, ExitCode.Usage);
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            return console.Fail(Printable.FirstLine(exception.Message), ExitCode.Internal);
        }
        catch (Exception exception)
        {
            return console.Fail($"internal error: {exception.GetType().Name}: {Printable.FirstLine(exception.Message)}", ExitCode.Internal);
        }
    }

    /// <summary>It lists what may be said instead line by line.</summary>
    private static string OneLine(ParseError problem) => string.Join(' ', problem.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

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
