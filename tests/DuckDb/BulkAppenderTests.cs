using DuckDB.NET.Native;
using Tracing.DuckDb;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class BulkAppenderTests
{
    private static readonly BulkColumn[] Columns =
    [
        new("number", DuckDBType.UnsignedInteger),
        BulkColumn.Enum("kind", ["store", "load"]),
    ];

    [Fact]
    public void Chunks_arrive_in_order()
    {
        using var database = new Database();
        database.Run("CREATE TABLE t (number UINTEGER, kind ENUM('store', 'load'))");
        using (var appender = BulkAppender.Open(database.Connection.NativeConnection, "t"))
        using (var chunk = BulkChunk.Create(Columns))
        {
            for (var number = 0u; number < 3; number++)
            {
                chunk[0].Set(0, number);
                chunk[1].Set(0, (byte)(number & 1));
                chunk[0].Set(2, number + 100);
                chunk.SetRowCount(3);
                appender.Append(chunk);
            }

            appender.Close();
        }

        Assert.Equal(
            "0 store,NULL NULL,100 NULL,1 load,NULL NULL,101 NULL,2 store,NULL NULL,102 NULL",
            database.Value(
                """
                SELECT string_agg(coalesce(number::VARCHAR, 'NULL') || ' ' || coalesce(kind::VARCHAR, 'NULL'), ',')
                FROM t
                """));
    }

    [Fact]
    public void A_flushed_chunk_is_seen_before_the_end()
    {
        using var database = new Database();
        database.Run("CREATE TABLE t (number UINTEGER, kind ENUM('store', 'load'))");
        using var appender = BulkAppender.Open(database.Connection.NativeConnection, "t");
        using var chunk = BulkChunk.Create(Columns);
        chunk.SetRowCount(7);
        appender.Append(chunk);
        appender.Flush();

        Assert.Equal(7L, database.Value("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_violated_constraint_is_reported_at_the_close()
    {
        using var database = new Database();
        database.Run("CREATE TABLE t (number UINTEGER NOT NULL, kind ENUM('store', 'load'))");
        using var appender = BulkAppender.Open(database.Connection.NativeConnection, "t");
        using var chunk = BulkChunk.Create(Columns);
        chunk.SetRowCount(1);

        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            appender.Append(chunk);
            appender.Close();
        });
        Assert.Contains("NOT NULL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_does_not_exist_says_which()
    {
        using var database = new Database();

        var error = Assert.Throws<InvalidOperationException>(
            () => BulkAppender.Open(database.Connection.NativeConnection, "nowhere"));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }
}
