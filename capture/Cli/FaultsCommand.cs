using System.CommandLine;
using Tracing.Capture.Simulation;

namespace Tracing.Capture.Cli;

/// <summary><c>capture faults</c>: what can be made to go wrong.</summary>
internal static class FaultsCommand
{
    public static Command Create()
    {
        var format = CatalogFormat.CreateOption();
        var command = new Command("faults", "Lists the faults that record can put into a run, with their parameters.") { format };
        command.SetAction((parsed, token) => Task.FromResult(
            (int)Run(parsed.GetValue(format) == "json", parsed.InvocationConfiguration.Output, token)));
        return command;
    }

    public static ExitCode Run(bool asJson, TextWriter output, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (asJson)
        {
            CatalogJson.Write(output, [.. Catalog.Faults.Select(FaultEntry.Of)], CatalogJson.Default.IReadOnlyListFaultEntry);
            return ExitCode.Success;
        }

        foreach (var fault in Catalog.Faults)
        {
            output.WriteLine($"{fault.Name} ({fault.Side.ToString().ToLowerInvariant()}, shows in {fault.Scenario})");
            output.WriteLine($"    {fault.Description}");
            if (fault.Mirrors is { } mirrored) output.WriteLine($"    mirrors {mirrored}");
            ParameterText.Write(output, fault.Parameters, "");
        }

        return ExitCode.Success;
    }
}
