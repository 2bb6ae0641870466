using DuckDB.NET.Data;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class AppenderTests
{
    [Fact]
    public void Rows_of_many_types_arrive()
    {
        using var database = new Database();
        database.Run(
            "CREATE TABLE t (a UBIGINT, b VARCHAR, c BLOB, d TIMESTAMP, e ENUM('x', 'y'), f HUGEINT)");
        using (var appender = database.Connection.CreateAppender("t"))
        {
            appender.CreateRow()
                .AppendValue(ulong.MaxValue)
                .AppendValue("a text beyond twelve bytes")
                .AppendValue(new byte[] { 1, 0, 2 })
                .AppendValue(new DateTime(2024, 2, 29, 1, 2, 3))
                .AppendValue("y")
                .AppendValue(System.Numerics.BigInteger.Pow(2, 100))
                .EndRow();
            appender.CreateRow()
                .AppendNullValue().AppendValue("short").AppendNullValue()
                .AppendNullValue().AppendNullValue().AppendNullValue().EndRow();
        }

        Assert.Equal(
            "18446744073709551615|a text beyond twelve bytes|010002|2024-02-29 01:02:03|y|"
                + "1267650600228229401496703205376",
            database.Value("SELECT concat_ws('|', a, b, hex(c), d, e, f) FROM t WHERE a IS NOT NULL"));
        Assert.Equal(
            "short",
            database.Value("SELECT b FROM t WHERE COALESCE(a::VARCHAR, hex(c), d::VARCHAR, e, f::VARCHAR) IS NULL"));
    }

    [Fact]
    public void More_rows_than_a_chunk_arrive()
    {
        using var database = new Database();
        database.Run("CREATE TABLE t (i INTEGER, s VARCHAR DEFAULT 'given')");
        using (var appender = database.Connection.CreateAppender("t"))
        {
            for (var row = 0; row < 5000; row++)
            {
                appender.CreateRow().AppendValue(row).AppendDefault().EndRow();
            }
        }

        Assert.Equal("12497500 5000", database.Value("SELECT sum(i) || ' ' || count(*) FROM t WHERE s = 'given'"));
    }

    [Fact]
    public void A_table_that_does_not_exist_says_which()
    {
        using var database = new Database();

        var error = Assert.Throws<DuckDBException>(() => database.Connection.CreateAppender("nowhere"));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }
}
