namespace Tracing.Capture.Simulation;

/// <summary>The values of a scenario's or a fault's parameters.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> values;

    private Arguments(Dictionary<string, string> values) => this.values = values;

    /// <summary>Every parameter with its value, defaults included.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Checks what the user set; on failure <paramref name="problem"/> says what is wrong.</summary>
    /// <param name="owner">What the parameters belong to, for messages.</param>
    /// <param name="parameters">What can be set.</param>
    /// <param name="settings">What was set: "key=value".</param>
    /// <param name="problem">What is wrong, or null.</param>
    public static Arguments? TryParse(
        string owner, IReadOnlyList<Parameter> parameters, IEnumerable<string> settings, out string? problem)
    {
        var values = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.DefaultText, StringComparer.Ordinal);
        problem = null;
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? setting : setting[..equals];
            var parameter = parameters.FirstOrDefault(candidate => candidate.Name == name);
            problem = equals <= 0 ? $"'{setting}' is not of the form key=value"
                : parameter is null ? $"{owner} has no parameter '{name}'; it has {Known(parameters)}"
                : parameter.ProblemOf(setting[(equals + 1)..]);
            if (problem is not null) return null;
            values[name] = setting[(equals + 1)..];
        }

        return new Arguments(values);
    }

    /// <summary>A number's value.</summary>
    public long Number(string name)
        => NumberParameter.TryParse(values[name], out var number)
            ? number
            : throw new InvalidOperationException($"Parameter {name} is no number.");

    /// <summary>A text's value.</summary>
    public string Text(string name) => values[name];

    private static string Known(IReadOnlyList<Parameter> parameters)
        => parameters.Count == 0 ? "none" : string.Join(", ", parameters.Select(parameter => parameter.Name));
}
