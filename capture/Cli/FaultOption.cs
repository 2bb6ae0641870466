using System.CommandLine;
using Tracing.Capture.Simulation;

namespace Tracing.Capture.Cli;

/// <summary>The <c>--fault</c> of whatever runs a reference machine.</summary>
internal static class FaultOption
{
    /// <summary>A fresh option.</summary>
    public static Option<string[]> Create() => new("--fault")
    {
        Description = "What goes wrong, as often as needed; 'capture faults' lists what can.",
        HelpName = "NAME[:key=value,…]",
    };

    /// <summary>The faults that the words name.</summary>
    /// <exception cref="UsageException">There is no such fault, or two do not go together.</exception>
    public static ChosenFault[] Choose(string[] texts)
    {
        ChosenFault[] chosen =
            [.. texts.Select(text => ChosenFault.TryParse(text, out var problem) ?? throw new UsageException(problem!))];
        RequireOne(chosen, "driver", fault => fault.Fault.CreateDriverConduct(fault.Arguments));
        RequireOne(chosen, "device", fault => fault.Fault.CreateDeviceConduct(fault.Arguments));
        return chosen;
    }

    private static void RequireOne(ChosenFault[] faults, string side, Func<ChosenFault, object?> conduct)
    {
        var names = faults.Where(fault => conduct(fault) is not null).Select(fault => fault.Fault.Name).ToArray();
        if (names.Length > 1)
            throw new UsageException($"{string.Join(" and ", names)} both replace the {side}'s conduct: record them apart");
    }
}
