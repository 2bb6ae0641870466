using Tracing.Tests.Judging;

namespace Tracing.Tests.Faults;

/// <summary>What must catch a fault: one file under <c>Expectations/</c>, written from the catalogue.</summary>
/// <param name="Fault">The fault as on the command line.</param>
/// <param name="Scenario">The scenario that it is put into.</param>
/// <param name="Settings">The scenario's parameters.</param>
/// <param name="Profile">The profile to judge by; null = the run's.</param>
/// <param name="Side">Who is at fault.</param>
/// <param name="Violates">Exactly these rules, each with words that stand in the event at which it is violated.</param>
/// <param name="Besides">What the scenario violates without the fault, and with it still.</param>
/// <param name="ExitCode">The exit code of <c>check</c>.</param>
internal sealed record FaultExpectation(
    string Fault,
    string Scenario,
    IReadOnlyList<string> Settings,
    string? Profile,
    string Side,
    IReadOnlyDictionary<string, string[]> Violates,
    IReadOnlyList<string> Besides,
    int ExitCode)
{
    /// <summary>All of them, by the name of their file.</summary>
    public static IReadOnlyDictionary<string, FaultExpectation> All { get; } = Lines.ReadFolder(
        ["tests", "Faults", "Expectations"],
        ["fault", "scenario", "set", "profile", "side", "violates", "besides", "exit", "from"],
        Read);

    private static FaultExpectation Read(Lines lines) => new(
        lines.One("fault"),
        lines.One("scenario"),
        lines.All("set"),
        lines.Maybe("profile"),
        lines.One("side"),
        lines.All("violates").Select(text => text.Split(" at ", 2)).ToDictionary(pair => pair[0], pair => pair[1].Split(' '), StringComparer.Ordinal),
        lines.All("besides"),
        int.Parse(lines.One("exit"), System.Globalization.CultureInfo.InvariantCulture));
}
