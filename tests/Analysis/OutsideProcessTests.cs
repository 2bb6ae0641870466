using System.Diagnostics;
using Tracing.Analysis.Outside;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>The process in which text from outside runs: it ends, it stays small, it leaves nothing, and it says what happened.</summary>
public sealed class OutsideProcessTests : IDisposable
{
    private const string Endless = "select count(*) from range(10000000000) a, range(1000000) b";
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private readonly TestRun run = new();
    private readonly string kept;

    public OutsideProcessTests() => kept = Directory.CreateDirectory(run.PathOf("kept")).FullName;

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("select $1", "Expected 1, got 0")]
    [InlineData("select 'infinity'::timestamptz", "infinite timestamp")]
    [InlineData("""select '{"a": 1}'::variant""", "type 41")]
    public void A_value_that_cannot_be_printed_is_said_to_be_so(string query, string expected)
    {
        var sql = CommandLine.Run("sql", run.Write(TestRun.Window), query);
        Assert.Equal((3, ""), (sql.ExitCode, sql.Output));
        Assert.Contains(expected, sql.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("signal", sql.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_DuckDB_does_not_count_is_bounded_too()
    {
        var end = Run("select repeat('x', 100000000) from range(100)", memoryMegabytes: 64, out _);
        Assert.Equal((OutsideExit.Failed, "the query took more than 1344 MiB of memory: killed"), (end.Exit, end.Reason));
    }

    [Fact]
    public void The_instance_has_the_memory_that_it_is_given()
    {
        var end = Run("select current_setting('memory_limit') as most", memoryMegabytes: 1536, out var answer);
        Assert.Equal((OutsideExit.Done, "most\n1.4 GiB\n"), (end.Exit, answer));
    }

    [Fact]
    public async Task A_query_that_is_killed_leaves_no_file_behind()
    {
        using var analyzer = AnalyzerProgram.Start(kept, "sql", run.Write(TestRun.Window), Endless, "--timeout", "2");
        await analyzer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, analyzer.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(kept));
    }

    [Fact]
    public async Task A_query_ends_when_its_parent_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "children are found under /proc");
        using var analyzer = AnalyzerProgram.Start(kept, "sql", run.Write(TestRun.Window), Endless);
        using var child = await ChildOf(analyzer);
        analyzer.Kill(entireProcessTree: false);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(patience);
        await child.WaitForExitAsync(enough.Token);
    }

    [Fact]
    public async Task A_query_ends_when_nobody_reads_its_rows()
    {
        using var analyzer = AnalyzerProgram.Start(kept, "sql", run.Write(TestRun.Window), "from range(100000000000)", "--format", "csv", "--timeout", "600");
        Assert.Equal("range", await analyzer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        analyzer.StandardOutput.Close();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(patience);
        Assert.Equal("", await analyzer.StandardError.ReadToEndAsync(enough.Token));
        await analyzer.WaitForExitAsync(enough.Token);
        Assert.Equal(0, analyzer.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(kept));
    }

    private OutsideEnd Run(string query, int memoryMegabytes, out string answer)
    {
        using var output = new MemoryStream();
        var request = new OutsideRequest { Files = [run.Write(TestRun.Window)], Query = query, Format = "csv", MemoryMegabytes = memoryMegabytes };
        var end = OutsideProcess.Run(request, "the query", output, patience, TestContext.Current.CancellationToken);
        answer = System.Text.Encoding.UTF8.GetString(output.ToArray());
        return end;
    }

    private static async Task<Process> ChildOf(Process parent)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            Assert.False(parent.HasExited);
            var children = Directory.EnumerateDirectories($"/proc/{parent.Id}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .ToList();
            if (children.Count > 0) return Process.GetProcessById(int.Parse(children[0], System.Globalization.CultureInfo.InvariantCulture));
        }

        throw new InvalidOperationException("There is no child.");
    }
}
