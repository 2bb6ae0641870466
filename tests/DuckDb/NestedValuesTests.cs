using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class NestedValuesTests
{
    [Fact]
    public void A_list_comes_out()
    {
        using var database = new Database();

        Assert.Equal([3UL, 1UL, 2UL], database.Field<List<ulong>>("SELECT [3, 1, 2]::UBIGINT[]"));
    }

    [Fact]
    public void A_list_with_nulls_comes_out()
    {
        using var database = new Database();

        Assert.Equal([1, null], database.Field<List<int?>>("SELECT [1, NULL]"));
    }

    [Fact]
    public void An_array_comes_out()
    {
        using var database = new Database();

        Assert.Equal([1, 2], database.Field<List<int>>("SELECT [1, 2]::INTEGER[2]"));
    }

    [Fact]
    public void A_struct_comes_out()
    {
        using var database = new Database();

        var fields = Assert.IsType<Dictionary<string, object?>>(
            database.Value("SELECT {'queue': 1, 'name': 'rx'}"));
        Assert.Equal(1, fields["queue"]);
        Assert.Equal("rx", fields["name"]);
    }

    [Fact]
    public void A_map_comes_out()
    {
        using var database = new Database();

        var map = database.Field<Dictionary<string, int>>("SELECT MAP {'a': 1, 'b': 2}");
        Assert.Equal(2, map["b"]);
    }

    [Fact]
    public void A_blob_comes_out()
    {
        using var database = new Database();
        using var stream = database.Field<Stream>(@"SELECT '\x00\xFF\x10'::BLOB || repeat('a', 20)::BLOB");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);

        Assert.Equal([0, 0xff, 0x10, .. Enumerable.Repeat((byte)'a', 20)], copy.ToArray());
    }

    [Fact]
    public void An_enum_of_many_labels_comes_out()
    {
        using var database = new Database();
        database.Run("CREATE TYPE big AS ENUM (SELECT 'label ' || i FROM range(70000) t(i))");

        Assert.Equal("label 69999", database.Value("SELECT 'label 69999'::big"));
    }
}
