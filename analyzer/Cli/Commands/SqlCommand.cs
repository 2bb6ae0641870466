using System.CommandLine;
using System.Text;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Outside;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Runs a query of the user's over a run: one SELECT, in a process of its own.</summary>
internal static class SqlCommand
{
    public static Command Create(Terminal console)
    {
        var words = new Argument<string[]>("RUN… [QUERY]")
        {
            Description = "Files, globs or folders of one run; the last word is the query unless it names a file",
            Arity = ArgumentArity.OneOrMore,
        };
        var file = new Option<string?>("--file", "-f") { Description = "Read the query from this file", HelpName = "FILE" };
        var format = CommonOptions.Format("table", "csv", "json", "jsonl", "parquet");
        var output = CommonOptions.Output();
        var rules = CommonOptions.Rules();
        var profile = CommonOptions.Profile();
        var exemption = CommonOptions.Exemption();
        var timeout = CommonOptions.Timeout();
        var command = new Command("sql", "Runs one SELECT over a run's events, views and rules (rule_swiotlb_003b).")
        {
            words, file, format, output, rules, profile, exemption, timeout,
        };
        command.SetAction(Application.Handle(console, (parsed, token) => Run(
            new Options(parsed.GetValue(words)!, parsed.GetValue(file), parsed.GetValue(format)!, parsed.GetValue(output), new OutsideRequest
            {
                Files = [],
                Rules = parsed.GetValue(rules)!,
                Profile = parsed.GetValue(profile),
                Exemption = parsed.GetValue(exemption),
                Format = parsed.GetValue(format)!,
            }, CommonOptions.Seconds(parsed.GetValue(timeout)) ?? OutsideRunner.UsualTimeout),
            console,
            token)));
        return command;
    }

    public sealed record Options(
        IReadOnlyList<string> Words, string? File, string Format, string? Output, OutsideRequest Request, TimeSpan Timeout);

    public static ExitCode Run(Options options, Terminal console, CancellationToken token)
    {
        var (inputs, query) = Split(options);
        OutputFile.Check(options.Output, inputs);
        var runs = Checking.Run.Group(RunReader.Read(InputFiles.Expand(inputs), token));
        if (runs.Count > 1) throw new UsageException($"a query sees one run; these are {runs.Count}");
        var request = options.Request with { Files = runs[0].Files };
        if (query is not null) return RunQuery(options, request with { Query = query }, console, token);
        if (!console.HasKeyboard)
            return RunQuery(options, request with { Query = QueryText.Read(console.Input) ?? throw TooLong("standard input") }, console, token);
        return Prompt(options, request, console, token);
    }

    /// <summary>The last word is the query if there is no other and it is nothing on disk.</summary>
    private static (IReadOnlyList<string> Inputs, string? Query) Split(Options options)
    {
        if (options.File is { } file)
        {
            return (options.Words, ReadFile(file));
        }

        var last = options.Words[^1];
        var isInput = File.Exists(last) || Directory.Exists(last) || last.EndsWith(".parquet", StringComparison.Ordinal);
        return options.Words.Count == 1 || isInput ? (options.Words, null) : ([.. options.Words.SkipLast(1)], last);
    }

    private static string ReadFile(string file)
    {
        if (!File.Exists(file)) throw new UsageException($"-f {file}: no such file");
        try
        {
            return QueryText.ReadFile(file) ?? throw TooLong(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"-f {file}: {exception.Message}");
        }
    }

    private static UsageException TooLong(string what) => new($"{what}: too long for a query; at most {QueryText.MaximumLength} letters");

    private static ExitCode RunQuery(Options options, OutsideRequest request, Terminal console, CancellationToken token)
    {
        if (options.Format == "parquet" && options.Output is null && !Console.IsOutputRedirected)
            throw new UsageException("--format parquet: name a file with -o, or send the output to one");
        OutsideEnd? end = null;
        OutputFile.WriteBytes(options.Output, console.OpenOutput, stream =>
        {
            end = OutsideProcess.Run(request, "the query", stream, options.Timeout, token);
            return end.Exit == OutsideExit.Done;
        });
        return end!.Exit switch
        {
            OutsideExit.Done => ExitCode.Clean,
            OutsideExit.Refused => console.Fail(end.Reason, ExitCode.Usage),
            OutsideExit.Input => console.Fail(end.Reason, ExitCode.Input),
            _ => console.Fail(end.Reason, ExitCode.Inconclusive),
        };
    }

    /// <summary>Reads statements up to a semicolon at a line's end, until the input ends.</summary>
    private static ExitCode Prompt(Options options, OutsideRequest request, Terminal console, CancellationToken token)
    {
        console.Error.WriteLine("One SELECT, ended by ';'. Tables: event, source, loss, profile and all views. End with Ctrl-D.");
        var text = new StringBuilder();
        while (!token.IsCancellationRequested)
        {
            console.Error.Write(text.Length == 0 ? "sql> " : "...> ");
            if (console.Input.ReadLine() is not { } line) break;
            text.AppendLine(line);
            if (!line.TrimEnd().EndsWith(';')) continue;
            RunQuery(options, request with { Query = text.ToString() }, console, token);
            text.Clear();
        }

        console.Error.WriteLine();
        return ExitCode.Clean;
    }
}
