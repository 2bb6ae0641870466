using System.CommandLine;
using Tracing.Capture.Simulation;

namespace Tracing.Capture.Cli;

/// <summary><c>capture scenarios</c>: what can be recorded.</summary>
internal static class ScenariosCommand
{
    public static Command Create()
    {
        var format = CatalogFormat.CreateOption();
        var command = new Command("scenarios", "Lists the simulated runs that record can make, with their parameters.") { format };
        command.SetAction((parsed, token) => Task.FromResult(
            (int)Run(parsed.GetValue(format) == "json", parsed.InvocationConfiguration.Output, token)));
        return command;
    }

    public static ExitCode Run(bool asJson, TextWriter output, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (asJson)
        {
            CatalogJson.Write(output, [.. Catalog.Scenarios.Select(ScenarioEntry.Of)], CatalogJson.Default.IReadOnlyListScenarioEntry);
            return ExitCode.Success;
        }

        foreach (var scenario in Catalog.Scenarios)
        {
            var mark = scenario.Name == Scenario.DefaultName ? " (the default)" : "";
            output.WriteLine($"{scenario.Name}{mark}");
            output.WriteLine($"    {scenario.Description}");
            ParameterText.Write(output, scenario.Parameters, "--set ");
        }

        return ExitCode.Success;
    }
}
