using System.Globalization;
using Tracing.Capture.Recording;

namespace Tracing.Capture.Cli;

/// <summary>A sealed run in one line.</summary>
internal static class RunText
{
    public static string Summary(SealedRun run)
    {
        var sources = string.Join(", ", run.Facts.Sources.Select(
            source => string.Create(CultureInfo.InvariantCulture, $"{source.Name} {source.Events}")));
        var losses = run.Losses == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {run.Losses} of them losses");
        return string.Create(CultureInfo.InvariantCulture, $"{run.Path}: {run.Events} events ({sources}){losses}");
    }
}
