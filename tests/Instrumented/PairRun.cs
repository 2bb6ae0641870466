using System.Globalization;
using System.Text.RegularExpressions;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>A run of samples/instrumented/pair: two real threads, recorded by the header, sealed and judged.</summary>
/// <param name="Judged">The verdicts.</param>
/// <param name="Said">What the pair said of itself.</param>
internal sealed partial record PairRun(JudgedRun Judged, string Said)
{
    /// <summary>How often the driver and the device waited for one another.</summary>
    public (ulong Driver, ulong Device) Waits
    {
        get
        {
            var told = WaitCounts().Match(Said);
            return (Number(told.Groups[1].Value), Number(told.Groups[2].Value));
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="publications">How many buffers it makes available.</param>
    /// <param name="seed">Decides how many at a time.</param>
    /// <param name="without">The barrier that is left out, or null.</param>
    public static PairRun Of(int publications, int seed, string? without = null)
    {
        using var folder = new TemporaryFolder();
        string[] fault = without is null ? [] : ["--without", without];
        var said = CProgram.Run(CProgram.Pair, [folder.PathOf("run"), "--publications", Text(publications), "--seed", Text(seed), .. fault]);
        var sealedRun = Recording.Journals.Seal(folder.PathOf("run"), folder.PathOf("run.parquet"));
        Assert.Equal((0UL, true), (sealedRun.Losses, sealedRun.Facts.Complete));
        return new PairRun(JudgedRun.Of(folder.PathOf("run.parquet")), said);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("the driver waited ([0-9]+) times, the device ([0-9]+) times")]
    private static partial Regex WaitCounts();
}
