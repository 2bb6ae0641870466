using DuckDB.NET.Data;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class OurFunctionsTests
{
    [Fact]
    public void A_scalar_function_of_ours_runs()
    {
        using var database = new Database();
        database.Connection.RegisterScalarFunction<long, long>("twice", value => value * 2);

        Assert.Equal("8997000", database.Value("SELECT sum(twice(i))::VARCHAR FROM range(3000) t(i)"));
    }

    [Fact]
    public void A_table_function_of_ours_runs_with_its_arguments()
    {
        using var database = new Database();
        database.Connection.RegisterTableFunction<int, string>(
            "letters",
            parameters =>
            {
                var count = parameters[0].GetValue<int>();
                var text = parameters[1].GetValue<string>();
                return new TableFunction(
                    [new ColumnInfo("n", typeof(int)), new ColumnInfo("s", typeof(string))],
                    Enumerable.Range(0, count).Select(n => (n, $"{text}{n}")));
            },
            (item, writers, row) =>
            {
                var (number, letters) = ((int, string))item!;
                writers[0].WriteValue(number, row);
                writers[1].WriteValue(letters, row);
            });

        Assert.Equal("x0,x1,x2", database.Value("SELECT string_agg(s, ',' ORDER BY n) FROM letters(3, 'x')"));
    }
}
