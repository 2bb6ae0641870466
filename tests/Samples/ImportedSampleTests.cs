using System.IO.Compression;
using Tracing.Capture.Cli;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Samples;

/// <summary>The committed recordings of other programs, imported, are judged as their files say. It takes none of those programs.</summary>
public sealed class ImportedSampleTests : IDisposable
{
    private const long MostBytes = 64 << 10;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names() => [.. ImportedSample.All.Keys];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_recording_has_an_expectation_and_every_expectation_a_recording()
        => Assert.Equal(
            ImportedSample.All.Keys,
            Directory.GetFiles(ImportedSample.Folder, "*.gz").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recording_is_judged_as_expected_and_its_format_found_out(string name)
    {
        var expected = ImportedSample.All[name];
        var run = folder.PathOf("run.parquet");
        var import = await CaptureCommand.Run(["import", expected.Recording, "-o", run, .. expected.Options]);
        Assert.True(import.Exit == ExitCode.Success, import.Error);
        Assert.StartsWith(ParquetRows.Facts(run).Sources[0].Name, name, StringComparison.Ordinal);

        var judged = JudgedRun.Of(run);
        Assert.Equal(
            expected.Violates.Select(pair => $"{pair.Key} {pair.Value.Count}").Order(StringComparer.Ordinal),
            judged.With("violated").Select(id => $"{id} {judged.Rules[id].Violated}").Order(StringComparer.Ordinal));
        Assert.Equal(expected.ExitCode, judged.ExitCode);
        Assert.NotEmpty(expected.Holds);
        Assert.All(expected.Holds, rule => Assert.Equal(("holds", rule.Value), (judged.Rules[rule.Key].Verdict, judged.Rules[rule.Key].Held)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_line_that_shows_a_finding_is_in_the_recording_and_on_the_formats_page(string name)
    {
        var expected = ImportedSample.All[name];
        using var zip = new GZipStream(File.OpenRead(expected.Recording), CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        var lines = reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToHashSet(StringComparer.Ordinal);
        var page = File.ReadAllText(Repository.PathOf("docs", "importing", $"{name.Split('-')[0]}.md"));
        Assert.All(expected.Violates, finding =>
        {
            Assert.Contains(finding.Value.Line, lines);
            Assert.Contains(finding.Value.Line, page, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_is_small(string name)
        => Assert.InRange(new FileInfo(ImportedSample.All[name].Recording).Length, 1, MostBytes);
}
