using System.Text.Json;
using System.Text.Json.Serialization;
using Tracing.Capture.Simulation;

namespace Tracing.Capture.Cli;

/// <summary>A scenario as <c>scenarios --format json</c> prints it.</summary>
internal sealed record ScenarioEntry(
    string Name, string Description, string Profile, IReadOnlyList<ParameterEntry> Parameters)
{
    public static ScenarioEntry Of(Scenario scenario)
        => new(scenario.Name, scenario.Description, scenario.Profile, [.. scenario.Parameters.Select(ParameterEntry.Of)]);
}

/// <summary>A fault as <c>faults --format json</c> prints it.</summary>
internal sealed record FaultEntry(
    string Name, string Side, string Description, string? Mirrors, string Scenario, IReadOnlyList<ParameterEntry> Parameters)
{
    public static FaultEntry Of(Fault fault) => new(
        fault.Name,
        fault.Side.ToString().ToLowerInvariant(),
        fault.Description,
        fault.Mirrors,
        fault.Scenario,
        [.. fault.Parameters.Select(ParameterEntry.Of)]);
}

/// <summary>A parameter of either.</summary>
internal sealed record ParameterEntry(string Name, string Meaning, string Default, string Allowed)
{
    public static ParameterEntry Of(Parameter parameter)
        => new(parameter.Name, parameter.Meaning, parameter.DefaultText, parameter.Allowed);
}

/// <summary>How lists become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ScenarioEntry>))]
[JsonSerializable(typeof(IReadOnlyList<FaultEntry>))]
internal sealed partial class CatalogJson : JsonSerializerContext
{
    /// <summary>Writes a list as one JSON document.</summary>
    public static void Write<T>(TextWriter output, T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        => output.WriteLine(JsonSerializer.Serialize(document, type));
}
