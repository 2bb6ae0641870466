using DuckDB.NET.Data;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class ErrorsTests
{
    [Theory]
    [InlineData("SELEC 1", "syntax error")]
    [InlineData("SELECT * FROM nowhere", "nowhere")]
    [InlineData("SELECT 'x'::INTEGER", "Could not convert")]
    [InlineData("SELECT error('our own words')", "our own words")]
    public void An_error_says_what_DuckDB_says(string sql, string words)
    {
        using var database = new Database();

        var error = Assert.Throws<DuckDBException>(() => database.Value(sql));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_connection_goes_on_after_an_error()
    {
        using var database = new Database();

        Assert.Throws<DuckDBException>(() => database.Value("SELECT error('x')"));
        Assert.Equal(1, database.Value("SELECT 1"));
    }

    [Fact]
    public void A_database_that_cannot_be_opened_says_why()
    {
        using var connection = new DuckDBConnection("DataSource=/nowhere/at/all.db");

        var error = Assert.Throws<DuckDBException>(connection.Open);
        Assert.Contains("/nowhere/at/all.db", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_does_not_exist_says_which()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:;no_such_option=1");

        var error = Assert.ThrowsAny<Exception>(connection.Open);
        Assert.Contains("no_such_option", error.Message, StringComparison.Ordinal);
    }
}
