using DuckDB.NET.Native;
using Tracing.DuckDb;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("SELECT 1", DuckDBStatementType.Select)]
    [InlineData("FROM range(3)", DuckDBStatementType.Select)]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", DuckDBStatementType.Select)]
    [InlineData("COPY (SELECT 1) TO 'x.csv'", DuckDBStatementType.Copy)]
    [InlineData("EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'", DuckDBStatementType.Explain)]
    [InlineData("CREATE TABLE t (i INTEGER)", DuckDBStatementType.Create)]
    [InlineData("SET threads = 1", DuckDBStatementType.Set)]
    [InlineData("ATTACH ':memory:' AS other", DuckDBStatementType.Attach)]
    public void A_statement_says_what_it_would_do(string sql, DuckDBStatementType kind)
    {
        using var database = new Database();

        Assert.Equal([kind], SqlText.Kinds(database.Connection.NativeConnection, sql));
    }

    [Fact]
    public void Every_statement_of_a_text_is_seen()
    {
        using var database = new Database();

        var kinds = SqlText.Kinds(database.Connection.NativeConnection, "SELECT 1; SET threads = 1; ");
        Assert.Equal([DuckDBStatementType.Select, DuckDBStatementType.Set], kinds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -- nothing\n ;")]
    public void An_empty_text_has_no_statement(string sql)
    {
        using var database = new Database();

        Assert.Empty(SqlText.Kinds(database.Connection.NativeConnection, sql));
    }

    [Theory]
    [InlineData("SELEC 1", "syntax error")]
    [InlineData("SELECT * FROM nowhere", "nowhere")]
    public void A_wrong_text_says_why(string sql, string words)
    {
        using var database = new Database();

        var error = Assert.Throws<FormatException>(() => SqlText.Kinds(database.Connection.NativeConnection, sql));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_does_not_run()
    {
        using var database = new Database();
        database.Run("CREATE TABLE t (i INTEGER)");

        SqlText.Kinds(database.Connection.NativeConnection, "DROP TABLE t");
        Assert.Equal(0L, database.Value("SELECT count(*) FROM t"));
    }
}
