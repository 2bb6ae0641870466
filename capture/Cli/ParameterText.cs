using Tracing.Capture.Simulation;

namespace Tracing.Capture.Cli;

/// <summary>Parameters for people.</summary>
internal static class ParameterText
{
    public static void Write(TextWriter output, IReadOnlyList<Parameter> parameters, string prefix)
    {
        foreach (var parameter in parameters)
        {
            output.WriteLine(
                $"    {prefix}{parameter.Name}={parameter.DefaultText}  {parameter.Meaning} ({parameter.Allowed})");
        }
    }
}
