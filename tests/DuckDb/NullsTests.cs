using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class NullsTests
{
    [Theory]
    [InlineData("UBIGINT")]
    [InlineData("VARCHAR")]
    [InlineData("BLOB")]
    [InlineData("HUGEINT")]
    [InlineData("INTEGER[]")]
    [InlineData("ENUM('a')")]
    public void A_null_of_any_type_is_null(string type)
    {
        using var database = new Database();
        using var command = database.Command($"SELECT NULL::{type}");
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());

        Assert.True(reader.IsDBNull(0));
        Assert.Equal(DBNull.Value, reader.GetValue(0));
    }

    [Fact]
    public void Nulls_stand_where_they_were()
    {
        using var database = new Database();
        using var command = database.Command(
            "SELECT CASE WHEN i % 3 = 0 THEN i END FROM range(5000) t(i) ORDER BY i");
        using var reader = command.ExecuteReader();

        for (var row = 0L; reader.Read(); row++)
        {
            Assert.Equal(row % 3 == 0 ? row : null, reader.GetFieldValue<long?>(0));
        }
    }

    [Fact]
    public void A_null_parameter_is_null()
    {
        using var database = new Database();

        Assert.Equal(true, database.Value("SELECT ?::UBIGINT IS NULL", DBNull.Value));
    }

    [Fact]
    public void Reading_a_null_as_a_number_throws()
    {
        using var database = new Database();

        Assert.Throws<InvalidCastException>(() => database.Field<ulong>("SELECT NULL::UBIGINT"));
    }
}
