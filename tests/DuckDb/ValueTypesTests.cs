using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class ValueTypesTests
{
    public static TheoryData<string, object> Values => new()
    {
        { "true", true },
        { "(-128)::TINYINT", sbyte.MinValue },
        { "255::UTINYINT", byte.MaxValue },
        { "(-32768)::SMALLINT", short.MinValue },
        { "65535::USMALLINT", ushort.MaxValue },
        { "(-2147483648)::INTEGER", int.MinValue },
        { "4294967295::UINTEGER", uint.MaxValue },
        { "(-9223372036854775808)::BIGINT", long.MinValue },
        { "1.5::FLOAT", 1.5f },
        { "0.1::DOUBLE", 0.1 },
        { "123.45::DECIMAL(5, 2)", 123.45m },
        { "(-1.000000001)::DECIMAL(38, 9)", -1.000000001m },
        { "''", string.Empty },
        { "'twelve bytes'", "twelve bytes" },
        { "'thirteen byte'", "thirteen byte" },
        { "'naïve ☃ 🦆 beyond the inlined length'", "naïve ☃ 🦆 beyond the inlined length" },
        { "UUID '01234567-89ab-cdef-8123-456789abcdef'", Guid.Parse("01234567-89ab-cdef-8123-456789abcdef") },
        { "UUID 'f1234567-89ab-cdef-8123-456789abcdef'", Guid.Parse("f1234567-89ab-cdef-8123-456789abcdef") },
        { "INTERVAL 3 DAYS + INTERVAL 5 MILLISECONDS", new TimeSpan(3, 0, 0, 0, 5) },
        { "'b'::ENUM('a', 'b')", "b" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_its_type(string expression, object expected)
    {
        using var database = new Database();

        Assert.Equal(expected, database.Value($"SELECT {expression}"));
    }
}
