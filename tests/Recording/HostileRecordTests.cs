using System.CommandLine;
using Tracing.Capture.Cli;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary><c>capture record</c> with places that are none and parameters that do not go together: one line, and nothing left behind.</summary>
public sealed class HostileRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--output", "-o: expected a name")]
    [InlineData("--keep-journals", "--keep-journals: expected a name")]
    [InlineData("--progress-to", "--progress-to: expected a name")]
    public async Task A_place_without_a_name_is_a_wrong_command_line(string option, string expected)
    {
        string[] target = option == "--output" ? [] : ["-o", folder.PathOf("run.parquet")];
        await AssertEnd(ExitCode.Usage, expected, ["record", .. target, option, ""]);
    }

    [Theory]
    [InlineData("blk-swiotlb", "block-size=1M", "region-size=64K", "finds no room although nothing is in flight")]
    [InlineData("blk-swiotlb", "queues=64", "queue-size=32768", "finds no room for its areas")]
    [InlineData("blk-order-platform", "queues=64", "region-size=64K", "finds no room for its areas")]
    [InlineData("blk-fallback", "queues=64", "block-size=1M", "system memory has no room")]
    public async Task What_does_not_fit_into_its_memory_is_a_wrong_command_line(string scenario, string one, string other, string expected)
        => await AssertEnd(ExitCode.Usage, expected, "record", scenario, "-o", folder.PathOf("run.parquet"), "--set", "requests=2", "--set", one, "--set", other);

    [Theory]
    [InlineData("requests=16777216", "block-size=4096", "68719476736 bytes; a disk in memory has at most")]
    [InlineData("requests=16777216", "block-size=1M", "17592186044416 bytes; a disk in memory has at most")]
    public async Task A_disk_that_memory_cannot_hold_is_a_wrong_command_line(string one, string other, string expected)
        => await AssertEnd(ExitCode.Usage, expected, "record", "-o", folder.PathOf("run.parquet"), "--set", one, "--set", other);

    [Fact]
    public async Task An_image_that_cannot_be_made_is_named()
    {
        foreach (var image in new[] { folder.Path, folder.PathOf("missing/image") })
            await AssertEnd(ExitCode.RecordingIncomplete, $"the image {image}: ", "record", "-o", folder.PathOf("run.parquet"), "--set", $"image={image}");
        await AssertEnd(ExitCode.Usage, "this is where the run is to go", "record", "-o", folder.PathOf("x"), "--set", $"image={folder.PathOf("./x")}");
    }

    [Fact]
    public async Task A_listener_that_is_none_is_named()
    {
        foreach (var listener in new[] { folder.Path, folder.PathOf("missing/progress") })
            await AssertEnd(ExitCode.RecordingIncomplete, $"cannot tell progress to {listener}: ", "record", "-o", folder.PathOf("run.parquet"), "--progress-to", listener);
    }

    [Fact]
    public async Task A_listener_that_goes_away_does_not_end_the_recording()
    {
        var pipe = Pipes.Make(folder.PathOf("pipe"));
        // Only for reading: so it waits for the recorder, and cannot have come and gone before that opens the pipe.
        var listening = Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Read).Dispose(), TestContext.Current.CancellationToken);
        var target = folder.PathOf("run.parquet");
        var record = await CaptureCommand.Run("record", "-o", target, "--set", "requests=400", "--progress-to", pipe);
        Assert.Equal((ExitCode.Success, ""), (record.Exit, record.Error));
        await listening;
    }

    [Fact]
    public async Task A_run_takes_no_pipes_place()
    {
        var pipe = Pipes.Make(folder.PathOf("run.parquet"));
        await AssertEnd(ExitCode.RecordingIncomplete, "it is no file, but a pipe or device", "record", "-o", pipe);
        Assert.Equal(0, new FileInfo(pipe).Length);
        Assert.Equal(4, Analysis.CommandLine.Run("check", pipe).ExitCode);
    }

    [Fact]
    public async Task A_run_goes_where_a_link_leads()
    {
        var link = folder.PathOf("link.parquet");
        File.CreateSymbolicLink(link, folder.PathOf("target.parquet"));
        var record = await CaptureCommand.Run("record", "-o", link, "--set", "requests=2");
        Assert.Equal((ExitCode.Success, ""), (record.Exit, record.Error));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.True(ParquetRows.Facts(folder.PathOf("target.parquet")).Complete);
    }

    [Theory]
    [InlineData("~x.parquet")]
    [InlineData("a'b [1] *.parquet")]
    [InlineData("new\nline.parquet")]
    [InlineData("http:/host.parquet")]
    public async Task A_run_may_have_any_name(string name)
    {
        var target = folder.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var record = await CaptureCommand.Run("record", "-o", target, "--set", "requests=2");
        Assert.Equal((ExitCode.Success, ""), (record.Exit, record.Error));
        Assert.Single(record.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal(0, Analysis.CommandLine.Run("validate", target).ExitCode);
    }

    [Fact]
    public async Task An_error_that_nobody_expected_is_one_line_and_exit_code_70()
    {
        using var error = new StringWriter();
        var root = new RootCommand();
        root.SetAction((Func<ParseResult, int>)(_ => throw new KeyNotFoundException("one\ntwo")));
        Assert.Equal(ExitCode.Internal, await CommandLine.RunAsync(root, [], TextWriter.Null, error));
        Assert.Equal("capture: internal error: KeyNotFoundException: one two\n", error.ToString());
    }

    [Fact]
    public async Task Where_nothing_can_be_said_the_exit_code_still_says_it()
    {
        using var full = new FullWriter();
        Assert.Equal(ExitCode.Usage, await CommandLine.RunAsync(Commands.CreateRoot(), ["dance"], TextWriter.Null, full));
        Assert.Equal(ExitCode.Internal, await CommandLine.RunAsync(Commands.CreateRoot(), ["faults"], full, full));
    }

    [Fact]
    public async Task What_may_be_said_instead_stands_on_the_same_line()
        => Assert.Equal(
            "capture: Argument 'xml' not recognized. Must be one of: 'text' 'json' (see capture --help)\n",
            (await CaptureCommand.Run("faults", "--format", "xml")).Error);

    private async Task AssertEnd(ExitCode exit, string expected, params string[] arguments)
    {
        var before = Directory.GetFileSystemEntries(folder.Path);
        var record = await CaptureCommand.Run(arguments);
        Assert.Equal((exit, ""), (record.Exit, record.Output));
        Assert.Single(record.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(expected, record.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Path));
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
