using DuckDB.NET.Native;
using Xunit;
using Pending = DuckDB.NET.Native.NativeMethods.PendingResults;

namespace Tracing.Tests.DuckDb;

public sealed class PendingResultsTests
{
    [Fact]
    public void A_statement_runs_step_by_step()
    {
        using var database = new Database();
        using var statement = Prepare(database, "SELECT i FROM range(10) t(i)");
        Assert.True(Pending.DuckDBPendingPreparedStreaming(statement, out var pending).IsSuccess());
        using (pending)
        {
            while (!Pending.DuckDBPendingExecutionIsFinished(Pending.DuckDBPendingExecuteTask(pending)))
            {
            }

            Assert.True(Pending.DuckDBExecutePending(pending, out var result).IsSuccess());
            Assert.Equal(1, NativeMethods.Types.DuckDBResultIsStreaming(result));
            using (var chunk = NativeMethods.Query.DuckDBFetchChunk(result))
            {
                Assert.Equal(10UL, NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk));
            }

            result.Close();
        }
    }

    [Fact]
    public void Progress_of_an_idle_connection_is_unknown()
    {
        using var database = new Database();

        var progress = NativeMethods.Startup.DuckDBQueryProgress(database.Connection.NativeConnection);
        Assert.Equal(-1, progress.Percentage);
    }

    private static DuckDBPreparedStatement Prepare(Database database, string sql)
    {
        var connection = database.Connection.NativeConnection;
        Assert.Equal(1, NativeMethods.ExtractStatements.DuckDBExtractStatements(connection, sql, out var statements));
        using (statements)
        {
            var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(
                connection, statements, 0, out var statement);
            Assert.True(state.IsSuccess());
            return statement;
        }
    }
}
