using System.CommandLine;
using Tracing.Capture.Recording;
using Tracing.Capture.Simulation;

namespace Tracing.Capture.Cli;

/// <summary><c>capture record</c>: its options. What it does stands in <see cref="RecordHandler"/>.</summary>
internal static class RecordCommand
{
    private static readonly Argument<string> scenario = new("SCENARIO")
    {
        Description = "What to run; 'capture scenarios' lists what there is.",
        DefaultValueFactory = _ => Scenario.DefaultName,
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> output = new("--output", "-o")
    {
        Description = "The run's Parquet file.",
        Required = true,
        HelpName = "RUN.parquet",
    };

    private static readonly Option<ulong> seed = new("--seed")
    {
        Description = "Decides how the sides interleave: the same seed makes the same run.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string[]> faults = FaultOption.Create();

    private static readonly Option<string[]> settings = new("--set")
    {
        Description = "A parameter of the scenario.",
        HelpName = "key=value",
    };

    private static readonly Option<string?> progressTo = new("--progress-to")
    {
        Description = "A file or pipe that gets a line 'SOURCE=EVENTS …' whenever there is something new.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> keepJournals = new("--keep-journals")
    {
        Description = "Record into this folder, which must be new or empty, and keep the journals.",
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command("record", "Records a simulated run. Example: capture record -o run.parquet --seed 7")
        {
            scenario, output, seed, faults, settings, progressTo, keepJournals,
        };
        command.SetAction((parsed, token) => Task.Run(
            () => (int)RecordHandler.Run(
                Options(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token),
            CancellationToken.None));
        return command;
    }

    private static RecordOptions Options(ParseResult parsed)
    {
        var name = parsed.GetValue(scenario)!;
        var chosen = Catalog.Scenarios.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new UsageException($"there is no scenario '{name}'; 'capture scenarios' lists them");
        var arguments = Arguments.TryParse($"scenario {name}", chosen.Parameters, parsed.GetValue(settings) ?? [], out var problem)
            ?? throw new UsageException(problem!);
        if (chosen.ProblemOf(arguments) is { } misfit) throw new UsageException(misfit);
        var wrong = FaultOption.Choose(parsed.GetValue(faults) ?? []);
        var target = Named("-o", parsed.GetValue(output))!;
        var kept = Named("--keep-journals", parsed.GetValue(keepJournals));
        RequireOther(arguments, target);
        var request = new RecordingRequest(
            chosen,
            arguments,
            wrong,
            parsed.GetValue(seed),
            kept ?? JournalPlace.Beside(target),
            "capture " + string.Join(' ', parsed.Tokens.Select(token => token.Value)));
        return new RecordOptions(request, target, kept is not null, Named("--progress-to", parsed.GetValue(progressTo)));
    }

    private static string? Named(string option, string? path)
        => path?.Length == 0 ? throw new UsageException($"{option}: expected a name") : path;

    /// <summary>The run would take the image's place.</summary>
    private static void RequireOther(Arguments arguments, string target)
    {
        if (arguments.Values.TryGetValue(BlkParameters.Image.Name, out var image) && image.Length > 0 && Path.GetFullPath(image) == Path.GetFullPath(target))
            throw new UsageException($"image={image}: this is where the run is to go");
    }
}
