using System.Globalization;
using Tracing.Tests.Judging;

namespace Tracing.Tests.Samples;

/// <summary>A committed recording that another program made: how, and what must be said of it once it is imported.</summary>
/// <param name="Name">The name of its file, without an ending; it begins with the format's.</param>
/// <param name="Guest">What a guest does, by the names that <see cref="SampleRecipe"/> knows, or null.</param>
/// <param name="Commands">The commands that make <c>recording.gz</c>, as bash reads them.</param>
/// <param name="Options">What <c>capture import</c> is told besides.</param>
/// <param name="ExitCode">The exit code of <c>check</c>.</param>
/// <param name="Violates">Exactly these rules, so often, and for each the raw line that shows the first.</param>
/// <param name="Holds">These rules hold, exactly so often: the recording is what it is.</param>
internal sealed record ImportedSample(
    string Name,
    string? Guest,
    IReadOnlyList<string> Commands,
    IReadOnlyList<string> Options,
    int ExitCode,
    IReadOnlyDictionary<string, (ulong Count, string Line)> Violates,
    IReadOnlyDictionary<string, ulong> Holds)
{
    /// <summary>Where recordings and expectations lie.</summary>
    public static string Folder { get; } = Repository.PathOf("samples", "imported");

    /// <summary>All of them, by the name of their file.</summary>
    public static IReadOnlyDictionary<string, ImportedSample> All { get; } = Lines.ReadFolder(
        ["samples", "imported"],
        ["about", "guest", "run", "import", "exit", "violates", "holds"],
        Read);

    /// <summary>The recording.</summary>
    public string Recording => Path.Combine(Folder, $"{Name}.gz");

    private static ImportedSample Read(Lines lines) => new(
        lines.Name,
        lines.Maybe("guest"),
        lines.All("run"),
        lines.Maybe("import")?.Split(' ') ?? [],
        int.Parse(lines.One("exit"), CultureInfo.InvariantCulture),
        lines.All("violates").Select(text => text.Split(' ', 3)).ToDictionary(words => words[0], words => (Number(words[1]), words[2]), StringComparer.Ordinal),
        lines.All("holds").Select(text => text.Split(' ')).ToDictionary(words => words[0], words => Number(words[1]), StringComparer.Ordinal));

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
