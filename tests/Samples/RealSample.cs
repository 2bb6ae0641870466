using System.Globalization;
using Tracing.Tests.Judging;

namespace Tracing.Tests.Samples;

/// <summary>A committed recording of a real run: how it is made, and what <c>analyzer check</c> must say of it.</summary>
/// <param name="Name">The name of its file, without an ending.</param>
/// <param name="Guest">What a guest does, by the names that <see cref="RealSampleMaker"/> knows, or null.</param>
/// <param name="Commands">The commands that make <c>run.parquet</c>, as bash reads them.</param>
/// <param name="ExitCode">The exit code of <c>check</c>.</param>
/// <param name="Violates">Exactly these rules, so often; the reason stands behind them, for people.</param>
/// <param name="Holds">These rules hold, so often at least: how much a peer does differs from run to run.</param>
/// <param name="Inconclusive">Exactly these rules cannot be judged for another reason than that nobody was there to see, with that reason.</param>
internal sealed record RealSample(
    string Name,
    string? Guest,
    IReadOnlyList<string> Commands,
    int ExitCode,
    IReadOnlyDictionary<string, ulong> Violates,
    IReadOnlyDictionary<string, ulong> Holds,
    IReadOnlyDictionary<string, string> Inconclusive)
{
    /// <summary>Where recordings and expectations lie.</summary>
    public static string Folder { get; } = Repository.PathOf("samples", "real");

    /// <summary>All of them, by the name of their file.</summary>
    public static IReadOnlyDictionary<string, RealSample> All { get; } = Lines.ReadFolder(
        ["samples", "real"],
        ["about", "guest", "run", "exit", "violates", "holds", "inconclusive"],
        Read);

    /// <summary>The recording.</summary>
    public string Recording => Path.Combine(Folder, $"{Name}.parquet");

    private static RealSample Read(Lines lines) => new(
        lines.Name,
        lines.Maybe("guest"),
        lines.All("run"),
        int.Parse(lines.One("exit"), CultureInfo.InvariantCulture),
        Counts(lines.All("violates")),
        Counts(lines.All("holds")),
        lines.All("inconclusive").Select(text => text.Split(' ')).ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal));

    private static Dictionary<string, ulong> Counts(IEnumerable<string> texts)
        => texts.Select(text => text.Split(' ')).ToDictionary(words => words[0], words => ulong.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
