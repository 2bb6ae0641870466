using DuckDB.NET.Data;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class ParametersTests
{
    [Fact]
    public void Parameters_go_by_place()
    {
        using var database = new Database();

        Assert.Equal("b2", database.Value("SELECT $2 || $1::VARCHAR", 2, "b"));
    }

    [Fact]
    public void Parameters_go_by_name()
    {
        using var database = new Database();
        using var command = database.Command("SELECT $second || $first");
        command.Parameters.Add(new DuckDBParameter("first", "1"));
        command.Parameters.Add(new DuckDBParameter("second", "2"));

        Assert.Equal("21", command.ExecuteScalar());
    }

    [Fact]
    public void A_parameter_is_data_and_not_SQL()
    {
        using var database = new Database();
        const string Hostile = "'; DROP TABLE t; --";

        Assert.Equal(Hostile, database.Value("SELECT ?::VARCHAR", Hostile));
    }

    [Fact]
    public void A_blob_parameter_keeps_its_bytes()
    {
        using var database = new Database();
        byte[] bytes = [0, 1, 0xff, 0, 0x80];

        Assert.Equal("0001FF0080", database.Value("SELECT hex(?::BLOB)", bytes));
    }

    [Fact]
    public void A_list_parameter_keeps_its_elements()
    {
        using var database = new Database();

        var list = new List<ulong> { 1, ulong.MaxValue, 3 };
        Assert.Equal("[1, 18446744073709551615, 3]", database.Value("SELECT (?::UBIGINT[])::VARCHAR", list));
    }

    [Fact]
    public void A_guid_parameter_keeps_its_bits()
    {
        using var database = new Database();
        const string Text = "f1234567-89ab-cdef-8123-456789abcdef";

        Assert.Equal(Text, database.Value("SELECT ?::UUID::VARCHAR", Guid.Parse(Text)));
    }

    [Fact]
    public void A_decimal_parameter_keeps_its_places()
    {
        using var database = new Database();

        Assert.Equal("-12345.678", database.Value("SELECT ?::DECIMAL(12, 3)::VARCHAR", -12345.678m));
    }

    [Fact]
    public void A_missing_parameter_is_an_error()
    {
        using var database = new Database();
        using var command = database.Command("SELECT $1, $2");
        command.Parameters.Add(new DuckDBParameter(1));

        Assert.ThrowsAny<InvalidOperationException>(() => command.ExecuteReader());
    }
}
