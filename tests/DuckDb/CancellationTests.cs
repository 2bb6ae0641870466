using System.Diagnostics;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class CancellationTests
{
    // Hours of work.
    private const string Endless =
        "SELECT sum(a.i * b.i % 7) FROM range(10000000) a(i), range(10000000) b(i)";

    [Fact]
    public async Task Cancel_stops_a_running_query()
    {
        using var database = new Database();
        using var command = database.Command(Endless);
        var running = Task.Run(command.ExecuteScalar, TestContext.Current.CancellationToken);

        await Stop(running, command.Cancel);

        // A query caught while it is planned fails with DuckDB's own error, a running one as cancelled.
        var error = await Assert.ThrowsAnyAsync<Exception>(() => running);
        Assert.True(
            error is OperationCanceledException
                || error.Message.Contains("Interrupt", StringComparison.OrdinalIgnoreCase),
            error.ToString());
    }

    [Fact]
    public async Task The_connection_goes_on_after_interrupt()
    {
        using var database = new Database();
        var running = Task.Run(() => database.Value(Endless), TestContext.Current.CancellationToken);

        await Stop(running, database.Connection.NativeConnection.Interrupt);

        await Assert.ThrowsAnyAsync<Exception>(() => running);
        Assert.Equal(1, database.Value("SELECT 1"));
    }

    // A call before the query has begun is lost, so it is repeated until it takes.
    private static async Task Stop(Task running, Action interrupt)
    {
        var clock = Stopwatch.StartNew();
        while (!running.IsCompleted)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "The query did not stop.");
            interrupt();
            await Task.WhenAny(running, Task.Delay(20, TestContext.Current.CancellationToken));
        }
    }
}
