using System.Text.Json;
using Tracing.Capture.Cli;
using Tracing.Capture.Recording;
using Tracing.Capture.Simulation;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>The <c>capture</c> program by its exit codes, files and words.</summary>
public sealed class RecordCommandTests
{
    [Theory]
    [InlineData("record", "'--output' is required")]
    [InlineData("record nothing -o x", "no scenario 'nothing'")]
    [InlineData("record -o x --fault nothing", "no fault 'nothing'")]
    [InlineData("record -o x --set requests=0", "requests=0: expected a number from 1")]
    [InlineData("record -o x --set colour=red", "no parameter 'colour'")]
    [InlineData("record -o x --set requests", "not of the form key=value")]
    [InlineData("record -o x --seed red", "--seed")]
    [InlineData("record -o x --unknown", "--unknown")]
    [InlineData("record blk-swiotlb more -o x", "more")]
    [InlineData("faults --format xml", "xml")]
    [InlineData("recover -o x", "recover")]
    [InlineData("nonsense", "nonsense")]
    public async Task A_wrong_command_line_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        var (exit, error) = await Run(arguments.Split(' '));

        Assert.Equal(ExitCode.Usage, exit);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_run_is_recorded_whole()
    {
        using var folder = new TemporaryFolder();
        var target = folder.PathOf("run.parquet");

        var (exit, error) = await Run("record", "-o", target, "--seed", "9", "--set", "requests=40", "--set", "block-size=4K");

        Assert.Equal("", error);
        Assert.Equal(ExitCode.Success, exit);
        var facts = ParquetRows.Facts(target);
        Assert.True(facts.Complete);
        Assert.Equal(9UL, facts.Seed);
        Assert.Equal("blk-swiotlb", facts.GroundTruth!.Scenario);
        Assert.Equal("4K", facts.GroundTruth.Parameters["block-size"]);
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
        Assert.DoesNotContain(ParquetRows.Read(target), row => row.Kind is EventKind.Loss or EventKind.DeviceError);
    }

    [Fact]
    public async Task A_target_whose_folder_is_missing_is_exit_code_5_and_nothing_is_recorded()
    {
        using var folder = new TemporaryFolder();

        var (exit, error) = await Run("record", "-o", folder.PathOf("missing/run.parquet"));

        Assert.Equal(ExitCode.RecordingIncomplete, exit);
        Assert.Contains("its folder does not exist", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_journal_folder_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("something"), "");

        var (exit, error) = await Run("record", "-o", folder.PathOf("run.parquet"), "--keep-journals", folder.Path);

        Assert.Equal(ExitCode.RecordingIncomplete, exit);
        Assert.Contains("not empty", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_journals_is_exit_code_4()
    {
        using var folder = new TemporaryFolder();

        var (exit, error) = await Run("recover", folder.Path, "-o", folder.PathOf("run.parquet"));

        Assert.Equal(ExitCode.InputUnreadable, exit);
        Assert.Contains(folder.Path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_journals_recover_to_the_same_run()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.PathOf("first.parquet"), folder.PathOf("second.parquet"));
        await Run("record", "-o", first, "--set", "requests=20", "--set", "block-size=4096", "--keep-journals", folder.PathOf("journals"));

        var (exit, _) = await Run("recover", folder.PathOf("journals"), "-o", second);

        Assert.Equal(ExitCode.Success, exit);
        Assert.Equal(ParquetRows.Read(first).Select(EventText.Format), ParquetRows.Read(second).Select(EventText.Format));
    }

    [Fact]
    public void The_same_seed_makes_the_same_events_and_another_seed_others()
    {
        for (ulong seed = 1; seed <= (ulong)TestScale.Seeds; seed++)
        {
            var events = Events(seed);
            Assert.Equal(events, Events(seed));
            Assert.NotEqual(events, Events(seed + 1000));
        }
    }

    [Fact]
    public void Lists_are_complete_for_people_and_programs()
    {
        using var text = new StringWriter();
        using var json = new StringWriter();
        ScenariosCommand.Run(asJson: false, text, CancellationToken.None);
        ScenariosCommand.Run(asJson: true, json, CancellationToken.None);

        Assert.All(Catalog.Scenarios, scenario => Assert.Contains(scenario.Name, text.ToString(), StringComparison.Ordinal));
        using var document = JsonDocument.Parse(json.ToString());
        Assert.Equal(
            Catalog.Scenarios.Select(scenario => scenario.Name),
            document.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
    }

    [Fact]
    public void Every_fault_shows_in_a_scenario_that_exists()
    {
        var scenarios = Catalog.Scenarios.Select(scenario => scenario.Name).ToHashSet();

        Assert.Contains(Scenario.DefaultName, scenarios);
        Assert.All(Catalog.Faults, fault => Assert.Contains(fault.Scenario, scenarios));
        Assert.Equal(Catalog.Faults.Count, Catalog.Faults.Select(fault => fault.Name).Distinct().Count());
    }

    private static List<string> Events(ulong seed)
    {
        using var folder = new TemporaryFolder();
        var scenario = Catalog.Scenarios.Single(candidate => candidate.Name == Scenario.DefaultName);
        var arguments = Arguments.TryParse("", scenario.Parameters, ["requests=20", "block-size=4096"], out _)!;
        var journals = folder.PathOf("journals");
        var outcome = SimulationRecorder.Record(new RecordingRequest(scenario, arguments, [], seed, journals), token: TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Failures);
        var run = Journals.Seal(journals, folder.PathOf("run.parquet"));
        return [.. ParquetRows.Read(run.Path).Select(EventText.Format)];
    }

    private static async Task<(ExitCode Exit, string Error)> Run(params string[] arguments)
    {
        var ended = await CaptureCommand.Run(arguments);
        return (ended.Exit, ended.Error);
    }
}
