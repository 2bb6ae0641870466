using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Commands that look and do not judge: sql, show, summary, validate.</summary>
public sealed class LookingTests : IDisposable
{
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("table", "event     n\n--------  -\ndma_read  2\n")]
    [InlineData("csv", "event,n\ndma_read,2\n")]
    [InlineData("json", "[\n{\"event\":\"dma_read\",\"n\":2}\n]\n")]
    [InlineData("jsonl", "{\"event\":\"dma_read\",\"n\":2}\n")]
    public void A_query_prints_in_every_format(string format, string expected)
    {
        var sql = CommandLine.Run("sql", run.Write(TestRun.Window), "select event, count(*) as n from event where event = 'dma_read' group by all", "--format", format);
        Assert.Equal((0, "", expected), (sql.ExitCode, sql.Error, sql.Output));
    }

    [Fact]
    public void A_query_writes_Parquet_that_can_be_queried()
    {
        var rows = run.PathOf("rows.parquet");
        Assert.Equal("", CommandLine.Run("sql", run.Write(TestRun.Window), "select 18446744073709551615 as big;", "--format", "parquet", "-o", rows).Error);
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(rows)[..4]);
    }

    [Fact]
    public void Values_of_every_kind_are_written_as_JSON()
    {
        var sql = CommandLine.Run("sql", run.Write(TestRun.Window), "select 340282366920938463463374607431768211455::uhugeint as a, null as b, [1, 2] as c, {'x': true} as d, 1.5::double as e", "--format", "jsonl");
        Assert.Equal("{\"a\":340282366920938463463374607431768211455,\"b\":null,\"c\":[1,2],\"d\":{\"x\":true},\"e\":1.5}\n", sql.Output);
    }

    [Fact]
    public void A_query_comes_from_a_file_or_from_standard_input()
    {
        var (path, file) = (run.Write(TestRun.Window), run.PathOf("query.sql"));
        File.WriteAllText(file, "select 1 as one -- the end");
        Assert.Equal("one\n1\n", CommandLine.Run("sql", path, "-f", file, "--format", "csv").Output);
        Assert.Equal("two\n2\n", CommandLine.RunWith("select 2 as two;", "sql", path, "--format", "csv").Output);
    }

    [Fact]
    public void A_rule_is_a_view_in_a_query()
    {
        var sql = CommandLine.Run(["sql", run.Write(TestRun.Window + TestRun.Outside), "select sequence from rule_test_001 where violated", "--format", "csv", .. Fixtures.AsRules]);
        Assert.Equal("sequence\n6\n", sql.Output);
    }

    [Fact]
    public void A_plan_is_shown() => Assert.Equal(0, CommandLine.Run("sql", run.Write(TestRun.Window), "EXPLAIN ANALYZE select count(*) from event").ExitCode);

    [Fact]
    public void Events_are_shown_in_the_text_form_that_made_them()
    {
        var show = CommandLine.Run("show", run.Write(TestRun.Window), "--from", "3", "--to", "4", "--event", "dma_write");
        Assert.Equal("#4 @device:2 device/0 dev0/q0 dma_write part=payload address=bus:0x10ff0 length=16\n", show.Output);
    }

    [Fact]
    public void The_life_of_a_byte_follows_it_through_a_bounce_copy()
    {
        const string Events = """
            platform dev0 region_mapped address=bus:0x10000 length=4096 target=cpu:0x90000 region_id=1
            driver dev0/q0 map part=payload address=bus:0x10100 length=16 target=cpu:0x5000 direction=to_device mapping_id=1
            driver dev0/q0 bounce_copy address=bus:0x10100 length=16 target=cpu:0x5000 direction=to_device mapping_id=1
            driver dev0/q0 store part=descriptor slot=0 address=bus:0x20000 length=16 target=bus:0x10100 size=16
            device dev0/q0 dma_read part=payload address=bus:0x10108 length=8
            device dev0/q0 dma_read part=payload address=bus:0x10110 length=8
            device dev0/q0 dma_read part=payload address=bus:0xfffffffffffffff8 length=64

            """;
        var path = run.Write(Events);
        Assert.Equal(["#1", "#2", "#3", "#4", "#5"], Sequences(CommandLine.Run("show", path, "--address", "0x10108")));
        Assert.Equal(["#1", "#2", "#3", "#4", "#5"], Sequences(CommandLine.Run("show", path, "--address", "cpu:0x5008")));
        Assert.Equal(["#7"], Sequences(CommandLine.Run("show", path, "--address", "bus:0xffffffffffffffff")));
        Assert.Equal(2, CommandLine.Run("show", path, "--address", "moon:0x1").ExitCode);
    }

    [Fact]
    public void A_summary_says_who_watched_and_what_is_missing()
    {
        var summary = CommandLine.Run("summary", run.Write(TestRun.Window + "@driver recorder loss value=3 note=\"full\"\n"));
        Assert.Equal((0, ""), (summary.ExitCode, summary.Error));
        Assert.Contains("  driver: 3 events behind #0: full", summary.Output, StringComparison.Ordinal);
        Assert.Contains("  device: 3 events, clock virtual (± 0 ns), sees *.*", summary.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be said", summary.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_valid_file_is_called_so_and_an_invalid_one_gets_every_problem()
    {
        var valid = run.Write(TestRun.Window);
        Assert.Equal((0, $"{valid}: valid\n"), (CommandLine.Run("validate", valid).ExitCode, CommandLine.Run("validate", valid).Output));
        var damaged = run.Write(TestRun.Window, "damaged.parquet", sql: "update event set address = 1, length = 1 where sequence = 4");
        var validate = CommandLine.Run("validate", damaged);
        Assert.Equal(4, validate.ExitCode);
        Assert.Equal(2, validate.Output.TrimEnd('\n').Split('\n').Length);
    }

    private static IEnumerable<string> Sequences(CommandLine show) => show.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]);
}
