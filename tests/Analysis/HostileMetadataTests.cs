using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Metadata that no recorder wrote: one line and exit code 4, or a run that is judged; never an end of its own kind.</summary>
public sealed class HostileMetadataTests : IDisposable
{
    private const string Columns = """{"rows":5,"columns":""";
    private readonly TestRun run = new();

    public static TheoryData<string, string, string> Refused => new()
    {
        { "sources", "", "virtio_trace.sources is not JSON" },
        { "part", "", "virtio_trace.part is not JSON" },
        { "part", "NaN", "virtio_trace.part is not JSON" },
        { "sources", "[],\"part\":7", "virtio_trace.sources is not JSON" },
        { "sources", new string('[', 200) + new string(']', 200), "virtio_trace.sources is not JSON" },
        { "sources", "null", "a metadata key has no value" },
        { "sources", "[null]", "a source has no name" },
        { "sources", """[{"name":"device","sees":["*.*"]}]""", "a source has no name, no clock" },
        { "sources", """[{"name":"a\u0000b","clock":{"name":"virtual"},"sees":["*.*"]}]""", "zero character" },
        { "sources", """[{"name":"\ud800","clock":{"name":"virtual"},"sees":["*.*"]}]""", "does not fit the schema at $.sources" },
        { "sources", """[{"name":"device","clock":{"name":"virtual"},"sees":["*.*"],"events":-1}]""", "does not fit the schema at $.sources" },
        { "sources", """[{"name":"device","clock":{"name":"virtual"},"sees":["*.*"],"events":1e40}]""", "does not fit the schema at $.sources" },
        { "part", "5", "part 5 of 1 is no part of a run" },
        { "parts", "99999999999999999999", "does not fit the schema at $.parts" },
        { "parts", "2147483647", "part 1 of 2147483647 is no part of a run" },
        { "assumes", "[\"a\\u0000b\"]", "zero character" },
        { "integrity", "{}", "integrity sums of no columns" },
        { "integrity", """{"rows":5}""", "integrity sums of no columns" },
        { "integrity", Columns + "null}", "integrity sums of no columns" },
        { "integrity", Columns + """{"address":null}}""", "integrity sums of the column 'address' are missing" },
        { "integrity", Columns + """{"event":null}}""", "integrity sums of the column 'event' are missing" },
        { "integrity", Columns + """{"note":null}}""", "integrity sums of the column 'note' are missing" },
        { "integrity", """{"rows":-1,"columns":{}}""", "does not fit the schema at $.integrity.rows" },
    };

    public void Dispose() => run.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public void Metadata_that_means_nothing_is_refused_by_every_command(string key, string value, string expected)
    {
        var path = run.Write(TestRun.Window, tamper: metadata => metadata[key] = value);
        foreach (var command in new[] { "check", "summary", "show" })
        {
            var refused = CommandLine.Run(command, path);
            Assert.Equal((4, ""), (refused.ExitCode, refused.Output));
            Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
            Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(4, CommandLine.Run("validate", path).ExitCode);
    }

    [Theory]
    [InlineData("assumes", "[null]")]
    [InlineData("source_order", """[{"first":"a'","second":"b","order":"'; drop table event; --"}]""")]
    [InlineData("seed", "18446744073709551615")]
    [InlineData("ground_truth", """{"scenario":null}""")]
    [InlineData("unknown", "{{{")]
    public void Metadata_that_is_odd_and_legal_is_judged(string key, string value)
    {
        var path = run.Write(TestRun.Window, tamper: metadata => metadata[key] = value);
        foreach (var command in new[] { "validate", "show", "summary" })
        {
            var looked = CommandLine.Run(command, path);
            Assert.Equal((0, ""), (looked.ExitCode, looked.Error));
        }
    }

    [Fact]
    public void A_value_without_end_makes_no_line_without_end()
    {
        var check = CommandLine.Run("check", run.Write(TestRun.Window, tamper: metadata => metadata["schema_version"] = new string('1', 100_000)));
        Assert.Equal(4, check.ExitCode);
        Assert.InRange(check.Error.Length, 1, 2500);

        check = CommandLine.Run("summary", run.Write(TestRun.Window, tamper: metadata => metadata["producer"] = new string('p', 100_000)));
        Assert.Equal(0, check.ExitCode);
        Assert.All(check.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 2500));
    }

    [Fact]
    public void Metadata_of_many_megabytes_is_refused_before_it_is_read()
    {
        var check = CommandLine.Run("check", run.Write(TestRun.Window, tamper: metadata => metadata["producer"] = new string('p', 17 << 20)));
        Assert.Equal(4, check.ExitCode);
        Assert.Contains("bytes of metadata; expected at most", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_patterns_of_what_is_seen_take_no_long_time()
    {
        var patterns = Enumerable.Range(0, 200_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"x{number}"));
        var sees = JsonSerializer.Serialize(patterns.Append("*.*"));
        var sources = $$$"""[{"name":"platform","clock":{"name":"virtual"},"sees":[]},{"name":"device","clock":{"name":"virtual"},"sees":{{{sees}}}}]""";
        var check = CommandLine.Run("check", run.Write(TestRun.Window, tamper: metadata => metadata["sources"] = sources));
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
    }

    [Fact]
    public void Names_of_a_newer_minor_version_are_kept_and_said()
    {
        const string Dance = "update event set event = 'dance', part = 'shoe' where sequence = 5";
        var newer = run.Write(TestRun.Window, change: facts => facts with { SchemaVersion = "1.9", Integrity = null }, sql: Dance);
        var check = CommandLine.Run("check", newer);
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.Contains("schema 1.9 is newer than 1.0", check.Output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("validate", newer).ExitCode);
        Assert.Contains("note=\"a note; event=dance, part=shoe\"", CommandLine.Run("show", newer).Output, StringComparison.Ordinal);

        var same = run.Write(TestRun.Window, "same.parquet", facts => facts with { Integrity = null }, Dance);
        Assert.Equal(4, CommandLine.Run("check", same).ExitCode);
    }
}
