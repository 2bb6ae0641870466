using System.Globalization;
using Tracing.Capture.Recording;
using Tracing.Schemas;

namespace Tracing.Capture.Cli;

/// <summary>A sealed run in one line.</summary>
internal static class RunText
{
    private const int LettersOfName = 100;

    public static string Summary(SealedRun run)
    {
        var sources = string.Join(", ", run.Facts.Sources.Select(
            source => string.Create(CultureInfo.InvariantCulture, $"{Printable.Short(source.Name, LettersOfName)} {source.Events}")));
        var losses = run.Losses == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {run.Losses} of them losses");
        return string.Create(CultureInfo.InvariantCulture, $"{Printable.Line(run.Path)}: {run.Events} events ({sources}){losses}");
    }
}
