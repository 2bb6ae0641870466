using DuckDB.NET.Native;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class TimesTests
{
    [Theory]
    [InlineData("2024-02-29 23:59:59.999999")]
    [InlineData("1969-12-31 23:59:59.999999")]
    [InlineData("1970-01-01 00:00:00")]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59.999999")]
    public void A_timestamp_goes_in_and_out(string text)
    {
        using var database = new Database();
        var time = DateTime.Parse(text);

        Assert.Equal(time, database.Value($"SELECT TIMESTAMP '{text}'"));
        Assert.Equal(text, database.Value("SELECT ?::TIMESTAMP::VARCHAR", time));
    }

    [Theory]
    [InlineData("TIMESTAMP_S '2024-02-29 01:02:03'", 0)]
    [InlineData("TIMESTAMP_MS '2024-02-29 01:02:03.004'", 40_000)]
    [InlineData("TIMESTAMP_NS '2024-02-29 01:02:03.000000100'", 1)]
    public void Every_precision_comes_out(string expression, long ticks)
    {
        using var database = new Database();

        var expected = new DateTime(2024, 2, 29, 1, 2, 3).AddTicks(ticks);
        Assert.Equal(expected, database.Value($"SELECT {expression}"));
    }

    [Fact]
    public void A_time_of_day_goes_in_and_out()
    {
        using var database = new Database();
        var time = new TimeOnly(23, 59, 58, 123, 456);

        Assert.Equal(time, database.Value("SELECT TIME '23:59:58.123456'"));
        Assert.Equal("23:59:58.123456", database.Value("SELECT ?::TIME::VARCHAR", time));
    }

    [Theory]
    [InlineData("2000-02-29")]
    [InlineData("1900-03-01")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void A_date_goes_in_and_out(string text)
    {
        using var database = new Database();
        var date = DateOnly.Parse(text);

        Assert.Equal(date, database.Value($"SELECT DATE '{text}'"));
        Assert.Equal(text, database.Value("SELECT ?::DATE::VARCHAR", date));
    }

    [Theory]
    [InlineData("5881580-07-10")]
    [InlineData("0001-01-01 (BC)")]
    [InlineData("5877642-06-25 (BC)")]
    [InlineData("infinity")]
    [InlineData("-infinity")]
    public void A_date_beyond_DateOnly_splits_and_joins_again(string text)
    {
        using var database = new Database();
        var days = text.EndsWith("infinity", StringComparison.Ordinal)
            ? (text[0] == '-' ? -int.MaxValue : int.MaxValue)
            : (int)(long)database.Value($"SELECT datediff('day', DATE '1970-01-01', DATE '{text}')")!;
        var date = new DuckDBDate { Days = days };

        var parts = DuckDBDateOnly.FromDuckDBDate(date);
        Assert.Equal(days, parts.ToDuckDBDate().Days);
        if (!date.IsInfinity)
        {
            Assert.Equal((long)parts.Year, database.Value($"SELECT year(DATE '{text}')"));
            Assert.Equal((long)parts.Month, database.Value($"SELECT month(DATE '{text}')"));
            Assert.Equal((long)parts.Day, database.Value($"SELECT day(DATE '{text}')"));
        }
    }

    [Theory]
    [InlineData(long.MinValue + 1)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Every_timestamp_splits_and_joins_again(long micros)
    {
        var parts = DuckDBTimestamp.FromDuckDBTimestampStruct(new DuckDBTimestampStruct { Micros = micros });

        Assert.Equal(micros, parts.ToDuckDBTimestampStruct().Micros);
    }

    [Fact]
    public void An_interval_of_months_is_no_TimeSpan()
    {
        using var database = new Database();

        var interval = database.Field<DuckDBInterval>("SELECT INTERVAL 14 MONTHS");
        Assert.Equal(14, interval.Months);
        Assert.Throws<InvalidCastException>(() => (TimeSpan)interval);
    }
}
