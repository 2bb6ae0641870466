using System.CommandLine;
using System.IO.Enumeration;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Runs the examples of rules: the fast loop of whoever writes one.</summary>
internal static class ExamplesCommand
{
    public static Command Create(Terminal console)
    {
        var glob = new Argument<string>("RULE") { Description = "Id of a rule, * and ? allowed", DefaultValueFactory = _ => "*" };
        var queries = new Option<string?>("--queries") { Description = "A folder in place of the queries that this program carries" };
        var rules = new Option<string[]>("--rules") { Description = "Rules from outside, besides", DefaultValueFactory = _ => [] };
        var command = new Command("examples", "Runs the examples of rules") { glob, queries, rules };
        command.Hidden = true;
        command.SetAction(Application.Handle(console, (parsed, token) =>
            Run(new Options(parsed.GetValue(glob)!, parsed.GetValue(queries), parsed.GetValue(rules)!), console.Output, console.Error, token)));
        return command;
    }

    public sealed record Options(string Glob, string? Queries, IReadOnlyList<string> Rules);

    public static ExitCode Run(Options options, TextWriter output, TextWriter error, CancellationToken token)
    {
        var catalog = options.Queries is { } folder ? QueryCatalog.LoadFolder(folder) : QueryCatalog.Load(options.Rules);
        var examples = catalog.Rules
            .Where(rule => FileSystemName.MatchesSimpleExpression(options.Glob, rule.Id))
            .SelectMany(rule => rule.Examples.Select(example => (rule, example)))
            .ToList();
        if (examples.Count == 0) throw new UsageException($"no example of a rule '{options.Glob}'");
        var problems = new string?[examples.Count];
        Parallel.ForEach(
            Enumerable.Range(0, examples.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token },
            () => new ExampleRunner(catalog),
            (index, _, runner) =>
            {
                problems[index] = runner.Problem(examples[index].rule, examples[index].example, token);
                return runner;
            },
            runner => runner.Dispose());
        foreach (var problem in problems.Where(problem => problem is not null)) output.WriteLine(problem);
        var failed = problems.Count(problem => problem is not null);
        error.WriteLine($"{examples.Count - failed} passed, {failed} failed");
        return failed == 0 ? ExitCode.Clean : ExitCode.Findings;
    }
}
