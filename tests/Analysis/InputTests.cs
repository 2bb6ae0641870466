using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Inputs that are no runs, or damaged ones: exit code 4 and one line that says what and where.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused(WriteBytes([]), "the file is empty, or no file but a pipe or device; expected a Parquet file");

    [Fact]
    public void A_file_that_is_no_Parquet_is_refused() => AssertRefused(WriteBytes("sequence,event\n1,store\n"u8.ToArray()), "not a Parquet file (it does not begin with PAR1)");

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
        => AssertRefused(WriteBytes(File.ReadAllBytes(run.Write(TestRun.Window))[..^100]), "the Parquet file is cut off or damaged (it does not end with PAR1)");

    [Fact]
    public void A_file_that_is_not_there_is_refused() => AssertRefused(run.PathOf("none.parquet"), "no such file or folder");

    [Fact]
    public void A_folder_without_runs_is_refused() => AssertRefused(run.Folder, "no run lies there");

    [Fact]
    public void A_Parquet_file_of_something_else_is_refused()
        => AssertRefused(run.Write(TestRun.Window, change: _ => new RunFacts { SchemaVersion = "" }), "schema version '' is not of the form major.minor");

    [Fact]
    public void Only_version_and_sources_need_to_be_stated()
    {
        var file = run.Write(TestRun.Window, tamper: metadata =>
        {
            foreach (var key in metadata.Keys.Where(key => key is not ("schema_version" or "sources")).ToList()) metadata.Remove(key);
        });

        Assert.Equal(0, CommandLine.Run("validate", file).ExitCode);
    }

    [Theory]
    [InlineData("2.0", "use a newer analyzer")]
    [InlineData("0.9", "record again, or use an older analyzer")]
    public void Another_major_version_is_refused(string version, string expected)
        => AssertRefused(run.Write(TestRun.Window, change: facts => facts with { SchemaVersion = version }), expected);

    [Theory]
    [InlineData("alter table event drop column head", "the column head (USMALLINT) is missing")]
    [InlineData("alter table event alter address type varchar", "the column address is VARCHAR; expected UBIGINT")]
    public void Other_columns_are_refused(string sql, string expected) => AssertRefused(run.Write(TestRun.Window, sql: sql), expected);

    [Theory]
    [InlineData("update event set event = 'dance' where sequence = 3", "the column event holds 'dance': the schema has no such name")]
    [InlineData("update event set source = 'spy' where sequence = 3", "the column source holds 'spy': the metadata names no such source")]
    [InlineData("update event set sequence = 4 where sequence = 3", "the sequence is not gap-free and rising: row 3 is out of place")]
    [InlineData("delete from event where sequence = 1", "the sequence begins with 2; expected 1")]
    [InlineData("update event set actor = null where sequence = 3", "the column actor is null in 1 rows")]
    public void Rows_that_break_the_schema_are_refused(string sql, string expected)
        => AssertRefused(run.Write(TestRun.Window, change: facts => facts with { Integrity = null }, sql: sql), expected);

    [Theory]
    [InlineData("update event set address = address + 1 where sequence = 4", "the values of column address add up to")]
    [InlineData("update event set length = null where sequence = 4", "the column length has 3 values; 4 were recorded")]
    [InlineData("update event set note = 'another note' where sequence = 5", "the values of column note add up to")]
    [InlineData("update event set event = 'dma_write' where sequence = 3", "the column event holds 'dma_read' 1 times; 2 were recorded")]
    [InlineData("update event set region_shared = true where sequence = 2", "the values of column region_shared add up to 1")]
    public void Values_that_are_not_those_recorded_are_noticed(string sql, string expected) => AssertRefused(run.Write(TestRun.Window, sql: sql), expected);

    [Fact]
    public void Metadata_with_control_characters_reaches_no_terminal()
    {
        var path = run.Write(TestRun.Window.Replace("a note", "\\u001b[31mred", StringComparison.Ordinal), change: facts => facts with { Producer = "x\u001b[2J\nfake line\u202e" });
        foreach (var command in new[] { "check", "summary", "show" })
            Assert.DoesNotContain(CommandLine.Run(command, path).Output, letter => letter is '\u001b' or '\u202e');
        foreach (var format in new[] { "table", "csv", "json", "jsonl" })
            Assert.DoesNotContain('\u001b', CommandLine.Run("sql", path, "select note from event", "--format", format).Output);
    }

    private string WriteBytes(byte[] bytes)
    {
        var path = run.PathOf("bytes.parquet");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static void AssertRefused(string path, string expected)
    {
        var check = CommandLine.Run("check", path);
        Assert.Equal((4, ""), (check.ExitCode, check.Output));
        Assert.Single(check.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("analyzer: ", check.Error, StringComparison.Ordinal);
        Assert.Contains(expected, check.Error, StringComparison.Ordinal);
    }
}
