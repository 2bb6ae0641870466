using System.Diagnostics;
using System.Globalization;
using Tracing.Capture.Cli;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing.NetTrace;

/// <summary><c>capture attach</c>: a process that is already running, until it ends, dies, or is left.</summary>
public sealed class AttachTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task All_counts_are_exact_when_the_recorder_comes_in_the_middle()
    {
        var run = folder.PathOf("run.parquet");
        using var program = new EventSourceProgram(events: 0);
        program.Begin();
        var attaching = CaptureCommand.Run("attach", "--pid", Id(program), "-o", run);
        await UntilThereIs(run + ".nettrace", bytes: 1 << 20);
        program.Stop();
        var total = program.Emitted();
        program.End();

        var attach = await attaching;
        Assert.Equal([total.ToString(CultureInfo.InvariantCulture)], ParquetRows.Query(NetTraceTests.CountsOf(run)));
        Assert.True(ParquetRows.Facts(run).Complete);
        var first = ParquetRows.Query($"SELECT value, note FROM '{run}' WHERE event = 'loss' ORDER BY sequence")[0].Split('|');
        Assert.Equal($"the recorder came when {first[0]} events had been", first[1]);

        // Only a buffer that was full makes the recording incomplete: on a busy machine one may be.
        var losses = ParquetRows.Query($"SELECT count(*) FROM '{run}' WHERE event = 'loss'")[0];
        Assert.Equal(losses == "1" ? ExitCode.Success : ExitCode.RecordingIncomplete, attach.Exit);
        Assert.Equal(0, Analysis.CommandLine.Run("validate", run).ExitCode);
        Assert.Equal([run], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Whoever_leaves_says_so_and_the_process_goes_on()
    {
        var run = folder.PathOf("run.parquet");
        using var program = new EventSourceProgram(events: 0);
        program.Begin();
        await CaptureCommand.Run("attach", "--pid", Id(program), "-o", run, "--duration", "0.5");

        Assert.False(ParquetRows.Facts(run).Complete);
        Assert.Equal(["|the recording ends before the source did"], ParquetRows.Query($"SELECT value, note FROM '{run}' ORDER BY sequence DESC LIMIT 1"));
        program.Stop();
        program.Emitted();
        program.End();
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_what_it_had_sent()
    {
        var run = folder.PathOf("run.parquet");
        using var program = new EventSourceProgram(events: 0);
        var attaching = CaptureCommand.Run("attach", "--pid", Id(program), "-o", run);
        await UntilThereIs(run + ".nettrace", bytes: 100);
        program.Begin();
        await UntilThereIs(run + ".nettrace", bytes: 1 << 20);
        program.Kill();

        var attach = await attaching;
        Assert.Equal(ExitCode.RecordingIncomplete, attach.Exit);
        Assert.False(ParquetRows.Facts(run).Complete);
        Assert.Equal([""], ParquetRows.Query($"SELECT value FROM '{run}' WHERE source = 'driver' ORDER BY sequence DESC LIMIT 1"));
        Assert.True(ParquetRows.Facts(run).Sources.Single(source => source.Name == "driver").Events > 1000);
    }

    [Fact]
    public async Task An_interrupted_recording_is_sealed()
    {
        var run = folder.PathOf("run.parquet");
        using var program = new EventSourceProgram(events: 0);
        program.Begin();
        using var capture = CaptureProgram.Start(shellLimit: null, "attach", "--pid", Id(program), "-o", run);
        await UntilThereIs(run + ".nettrace", bytes: 1 << 20, capture);
        Process.Start("kill", ["-TERM", capture.Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();
        var error = await capture.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await capture.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.Cancelled, capture.ExitCode);
        Assert.Contains("interrupted; ", error, StringComparison.Ordinal);
        Assert.Equal(0, Analysis.CommandLine.Run("validate", run).ExitCode);
    }

    [Theory]
    [InlineData("what", 2, "--pid what: expected the number of a process")]
    [InlineData("0", 2, "--pid 0: expected the number of a process")]
    [InlineData("-1", 2, "expected the number of a process")]
    [InlineData("2147483647", 4, "there is no process 2147483647")]
    public async Task A_process_that_is_none_is_told_in_one_line(string pid, int exit, string expected)
        => AssertEnd((ExitCode)exit, expected, await CaptureCommand.Run("attach", $"--pid={pid}", "-o", folder.PathOf("run.parquet")));

    [Theory]
    [InlineData("--duration", "soon")]
    [InlineData("--duration", "0")]
    [InlineData("--buffer", "0")]
    [InlineData("-o", "")]
    public async Task A_wrong_option_is_a_wrong_command_line(string option, string value)
    {
        string[] target = option == "-o" ? [] : ["-o", folder.PathOf("run.parquet")];
        AssertEnd(ExitCode.Usage, option, await CaptureCommand.Run(["attach", "--pid", "1", .. target, option, value]));
    }

    [Fact]
    public async Task A_process_that_is_not_of_dotnet_cannot_be_reached()
    {
        using var other = Process.Start("sleep", ["60"]);
        try
        {
            var pid = other.Id.ToString(CultureInfo.InvariantCulture);
            AssertEnd(ExitCode.InputUnreadable, $"process {pid} cannot be reached", await CaptureCommand.Run("attach", "--pid", pid, "-o", folder.PathOf("run.parquet")));
        }
        finally
        {
            other.Kill();
        }
    }

    private static string Id(EventSourceProgram program) => program.Id.ToString(CultureInfo.InvariantCulture);

    private static async Task UntilThereIs(string file, long bytes, Process? writer = null)
    {
        while (!File.Exists(file) || new FileInfo(file).Length < bytes)
        {
            if (writer?.HasExited == true) Assert.Fail(await writer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    private void AssertEnd(ExitCode exit, string expected, CaptureCommand attach)
    {
        Assert.Equal((exit, ""), (attach.Exit, attach.Output));
        Assert.Single(attach.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(expected, attach.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
