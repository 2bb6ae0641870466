using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class StreamingTests
{
    [Fact]
    public void Rows_arrive_before_the_query_ends()
    {
        using var database = new Database();

        // Row 100 000 fails: a result that is whole in memory could not be read at all.
        using var command = database.Command(
            "SELECT CASE WHEN i = 100000 THEN error('the end') ELSE i::VARCHAR END FROM range(200000) t(i)");
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();

        Assert.True(reader.Read());
        Assert.Equal("0", reader.GetString(0));
    }

    [Fact]
    public void Every_row_arrives_in_order()
    {
        using var database = new Database();
        using var command = database.Command("SELECT i FROM range(300000) t(i)");
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();

        var row = 0L;
        while (reader.Read())
        {
            if (reader.GetInt64(0) != row)
            {
                Assert.Fail($"Row {row} holds {reader.GetInt64(0)}.");
            }

            row++;
        }

        Assert.Equal(300_000, row);
    }
}
