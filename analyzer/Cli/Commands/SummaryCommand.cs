using System.CommandLine;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Says what is in a run.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal console)
    {
        var runs = CommonOptions.Runs();
        var profile = CommonOptions.Profile();
        var command = new Command("summary", "Says what is in a run: sources, devices, features, queues, losses.") { runs, profile };
        command.SetAction(Application.Handle(console, (parsed, token) => Run(parsed.GetValue(runs)!, parsed.GetValue(profile), console.Output, token)));
        return command;
    }

    public static ExitCode Run(IReadOnlyList<string> inputs, string? profile, TextWriter output, CancellationToken token)
    {
        var catalog = QueryCatalog.Load();
        foreach (var run in OpenRuns.Of(inputs, token))
        {
            using var session = OpenRuns.Open(run, profile, null, catalog, [], token);
            new Summary(session, run, output).Write(token);
        }

        return ExitCode.Clean;
    }
}
