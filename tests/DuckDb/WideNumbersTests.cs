using System.Numerics;
using DuckDB.NET.Native;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class WideNumbersTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(9223372036854775808UL)]
    [InlineData(ulong.MaxValue)]
    public void An_unsigned_64_bit_number_goes_in_and_out(ulong number)
    {
        using var database = new Database();

        Assert.Equal(number, database.Value("SELECT ?::UBIGINT", number));
        Assert.Equal(number.ToString(), database.Value("SELECT ?::UBIGINT::VARCHAR", number));
    }

    [Theory]
    [InlineData("-170141183460469231731687303715884105728")]
    [InlineData("-1")]
    [InlineData("-18446744073709551616")]
    [InlineData("170141183460469231731687303715884105727")]
    public void A_signed_128_bit_number_goes_in_and_out(string text)
    {
        using var database = new Database();
        var number = BigInteger.Parse(text);

        Assert.Equal(number, database.Value($"SELECT '{text}'::HUGEINT"));
        Assert.Equal(text, database.Value("SELECT ?::HUGEINT::VARCHAR", number));
        Assert.Equal((Int128)number, new DuckDBHugeInt(number).ToInt128());
    }

    [Fact]
    public void An_unsigned_128_bit_number_comes_out()
    {
        using var database = new Database();

        var number = database.Field<BigInteger>("SELECT 340282366920938463463374607431768211455::UHUGEINT");
        Assert.Equal((BigInteger)UInt128.MaxValue, number);
        Assert.Equal(UInt128.MaxValue, new DuckDBUHugeInt(number).ToUInt128());
    }

    [Fact]
    public void A_number_too_wide_is_refused()
    {
        Assert.Throws<OverflowException>(() => new DuckDBHugeInt(DuckDBHugeInt.HugeIntMaxValue + 1));
        Assert.Throws<OverflowException>(() => new DuckDBHugeInt(DuckDBHugeInt.HugeIntMinValue - 1));
        Assert.Throws<OverflowException>(() => new DuckDBUHugeInt(DuckDBUHugeInt.HugeIntMaxValue + 1));
        Assert.Throws<OverflowException>(() => new DuckDBUHugeInt(BigInteger.MinusOne));
    }

    [Fact]
    public void A_bignum_goes_in_and_out()
    {
        using var database = new Database();
        var number = BigInteger.Pow(-7, 333);

        Assert.Equal(number, database.Field<BigInteger>($"SELECT '{number}'::BIGNUM"));
    }
}
