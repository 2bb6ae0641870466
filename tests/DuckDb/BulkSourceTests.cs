using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Tracing.DuckDb;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class BulkSourceTests
{
    private const int Rows = 10_000;

    private static readonly BulkColumn[] Columns =
    [
        new("number", DuckDBType.UnsignedBigInt),
        BulkColumn.Enum("kind", ["store", "load", "fence"]),
        new("text", DuckDBType.Varchar),
        new("bytes", DuckDBType.Blob),
        BulkColumn.List("list", DuckDBType.UnsignedSmallInt),
    ];

    [Fact]
    public void Rows_pass_through_in_order_with_their_nulls()
    {
        using var database = new Database();
        BulkSource.Register(database.Connection.NativeConnection, "events", Columns, Filler());

        using var command = database.Command("SELECT * FROM events()");
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var row = 0;
        for (; reader.Read(); row++)
        {
            Assert.Equal(ulong.MaxValue - (ulong)row, reader.GetFieldValue<ulong>(0));
            Assert.Equal(Columns[1].Labels[row % 3], reader.GetString(1));
            Assert.Equal(row % 5 == 0 ? Text(row) : null, reader.IsDBNull(2) ? null : reader.GetString(2));
            Assert.Equal(row % 7 != 0, reader.IsDBNull(3));
            Assert.Equal(row % 3, reader.GetFieldValue<List<ushort>>(4).Count);
        }

        Assert.Equal(Rows, row);
    }

    [Fact]
    public void A_parquet_file_keeps_the_order()
    {
        using var database = new Database();
        var path = Path.Combine(Directory.CreateTempSubdirectory("bulk").FullName, "rows.parquet");
        BulkSource.Register(database.Connection.NativeConnection, "events", Columns, Filler());

        database.Run(
            $$"""
            COPY (SELECT * FROM events()) TO '{{path}}'
            (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, KV_METADATA {run: 'r 1'})
            """);

        Assert.Equal((long)Rows, database.Value($"SELECT count(*) FROM '{path}'"));
        Assert.Equal(0L, database.Value(
            $"""
            SELECT count(*) FROM read_parquet('{path}', file_row_number = true)
            WHERE number <> 18446744073709551615 - file_row_number
            """));
        Assert.Equal("run=r 1", database.Value(
            $"SELECT decode(key) || '=' || decode(value) FROM parquet_kv_metadata('{path}')"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void What_filling_throws_fails_the_query_and_is_kept()
    {
        using var database = new Database();
        var source = BulkSource.Register(
            database.Connection.NativeConnection, "events", Columns, _ => throw new IOException("journal 3 is torn"));

        var error = Assert.Throws<DuckDBException>(() => database.Value("SELECT count(*) FROM events()"));
        Assert.Contains("journal 3 is torn", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(source.Failure);
    }

    [Fact]
    public void A_second_read_is_refused()
    {
        using var database = new Database();
        BulkSource.Register(database.Connection.NativeConnection, "events", Columns, Filler());
        Assert.Equal((long)Rows, database.Value("SELECT count(*) FROM events()"));

        var error = Assert.Throws<DuckDBException>(() => database.Value("SELECT count(*) FROM events()"));
        Assert.Contains("only once", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_beyond_the_chunk_is_refused()
    {
        using var database = new Database();
        var source = BulkSource.Register(database.Connection.NativeConnection, "events", Columns, chunk =>
        {
            chunk[0].Set(BulkChunk.Capacity, 1UL);
            return 1;
        });

        Assert.Throws<DuckDBException>(() => database.Value("SELECT count(*) FROM events()"));
        Assert.IsType<ArgumentOutOfRangeException>(source.Failure);
    }

    private static string Text(int row) => $"row {row} with a snowman ☃";

    private static Func<BulkChunk, int> Filler()
    {
        var next = 0;
        return chunk =>
        {
            var count = Math.Min(BulkChunk.Capacity, Rows - next);
            for (var row = 0; row < count; row++, next++)
            {
                chunk[0].Set(row, ulong.MaxValue - (ulong)next);
                chunk[1].Set(row, (byte)(next % 3));
                if (next % 5 == 0)
                {
                    chunk[2].SetText(row, System.Text.Encoding.UTF8.GetBytes(Text(next)));
                }

                if (next % 7 == 0)
                {
                    chunk[3].SetBlob(row, []);
                }

                ushort[] list = [1, 2];
                chunk[4].SetList<ushort>(row, list.AsSpan(0, next % 3));
            }

            return count;
        };
    }
}
