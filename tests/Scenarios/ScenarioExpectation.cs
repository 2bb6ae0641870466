using System.Globalization;
using Tracing.Tests.Judging;

namespace Tracing.Tests.Scenarios;

/// <summary>What a clean run of a scenario must show: one file beside this one, written from the catalogue.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Settings">Its parameters.</param>
/// <param name="Violates">Exactly these rules, none of them a MUST.</param>
/// <param name="ExitCode">The exit code of <c>check</c>.</param>
internal sealed record ScenarioExpectation(string Scenario, IReadOnlyList<string> Settings, IReadOnlyList<string> Violates, int ExitCode)
{
    /// <summary>All of them, by the name of their file.</summary>
    public static IReadOnlyDictionary<string, ScenarioExpectation> All { get; } = Lines.ReadFolder(
        ["tests", "Scenarios"],
        ["scenario", "set", "violates", "exit", "from"],
        lines => new ScenarioExpectation(
            lines.One("scenario"), lines.All("set"), lines.All("violates"), int.Parse(lines.One("exit"), CultureInfo.InvariantCulture)));
}
