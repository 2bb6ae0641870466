using System.Globalization;
using System.Security.Cryptography;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Text from outside that means harm: one clear line, the right exit code, and the trace as it was.</summary>
public sealed class HostileSqlTests : IDisposable
{
    private readonly TestRun run = new();
    private readonly string trace;
    private readonly string before;

    public HostileSqlTests()
    {
        trace = run.Write(TestRun.Window);
        before = Hash();
    }

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("copy (select 1) to '{0}' (use_tmp_file false)", "expected a SELECT, got a statement of the kind COPY")]
    [InlineData("explain analyze copy (select 1) to '{0}' (use_tmp_file false)", "expected a SELECT, got a statement of the kind COPY")]
    [InlineData("explain copy (select 1) to '{0}' (use_tmp_file false)", "expected a SELECT, got a statement of the kind COPY")]
    [InlineData("explain explain analyze copy (select 1) to '{0}'", "expected a SELECT, got a statement of the kind EXPLAIN")]
    [InlineData("select 1; copy (select 1) to '{0}'", "expected one statement, got 2")]
    [InlineData("select 1) to '{0}'; --", "syntax error")]
    [InlineData("attach '{0}.db' as other", "expected a SELECT, got a statement of the kind ATTACH")]
    [InlineData("set threads = 1", "expected a SELECT")]
    [InlineData("create table event (x int)", "expected a SELECT, got a statement of the kind CREATE")]
    [InlineData("insert into source values (1)", "")]
    [InlineData("install httpfs", "expected a SELECT")]
    [InlineData("load httpfs", "expected a SELECT")]
    [InlineData("call enable_logging()", "expected a SELECT, got a statement of the kind CALL")]
    [InlineData("select * from read_text('/etc/passwd')", "Permission Error")]
    [InlineData("select * from read_parquet('/**/*.parquet')", "Permission Error")]
    [InlineData("select * from 'other.csv'", "Permission Error")]
    [InlineData("select * from nothing", "Table with name nothing does not exist")]
    [InlineData("selec 1", "syntax error")]
    [InlineData("", "expected one statement, got 0")]
    [InlineData("-- nothing", "expected one statement, got 0")]
    public void A_query_that_is_no_plain_SELECT_is_refused(string query, string expected)
    {
        var sql = CommandLine.Run("sql", trace, string.Format(CultureInfo.InvariantCulture, query, trace), "--timeout", "60");
        Assert.Equal((2, ""), (sql.ExitCode, sql.Output));
        AssertOneLine(sql.Error, expected);
        Assert.Equal(before, Hash());
    }

    [Theory]
    [InlineData("select count(*) from range(10000000000) a, range(1000000) b", "ran out of time: killed after 3 s")]
    [InlineData("select sum(i) from (with recursive n(i) as (select 1::hugeint union all select i + 1 from n) select i from n)", "ran out of time: killed after 3 s")]
    public void A_query_that_never_ends_is_killed(string query, string expected)
    {
        var sql = CommandLine.Run("sql", trace, query, "--timeout", "3");
        Assert.Equal(3, sql.ExitCode);
        AssertOneLine(sql.Error, expected);
    }

    [Fact]
    public void A_query_that_wants_all_memory_fails_alone()
    {
        var sql = CommandLine.Run("sql", trace, "select list(i || repeat('x', 100000)) from range(100000000) t(i)", "--timeout", "120");
        Assert.Equal(3, sql.ExitCode);
        AssertOneLine(sql.Error, "");
    }

    [Fact]
    public void A_query_that_logs_into_files_reaches_none()
    {
        var sql = CommandLine.Run("sql", trace, $"select * from enable_logging(storage = 'file', storage_path = '{run.PathOf("log")}')", "--timeout", "60");
        Assert.NotEqual(70, sql.ExitCode);
        Assert.True(sql.Error.Length == 0 || sql.Error.TrimEnd('\n').Split('\n').Length == 1);
        Assert.Equal(before, Hash());
        Assert.Equal([trace], Directory.GetFiles(run.Folder));
    }

    [Theory]
    [InlineData("select sequence, since from nothing", 2, "USER-1: ")]
    [InlineData("copy (select 1) to '{0}' (use_tmp_file false)", 2, "expected a SELECT, got a statement of the kind COPY")]
    [InlineData("select 1 as sequence; select 2", 2, "expected one statement, got 2")]
    [InlineData("select 1 as sequence, 1 as since, 0 as device, 0 as queue, true as violated) select 1 --", 2, "syntax error")]
    [InlineData("select content from read_text('/etc/passwd')", 2, "Permission Error")]
    [InlineData("select 1 as sequence, 1 as since, 0 as device, 0 as queue", 2, "violated")]
    [InlineData("select sequence, sequence as since, device, queue, error('boom') as violated from event", 3, "boom")]
    public void A_rule_that_cannot_be_judged_is_reported_and_the_rest_goes_on(string body, int expected, string reason)
    {
        var check = CheckRule(string.Format(CultureInfo.InvariantCulture, body, trace), "120");
        Assert.Equal(expected, check.ExitCode);
        AssertReported(check, reason);
    }

    [Fact]
    public void A_rule_that_never_ends_is_killed_and_the_rest_goes_on()
    {
        const string Endless = "select i as sequence, i as since, 0 as device, 0 as queue, false as violated from range(10000000000) t(i), range(100000)";
        var check = CheckRule(Endless, "4");
        Assert.Equal(3, check.ExitCode);
        AssertReported(check, "USER-1 ran out of time: killed after 4 s");
    }

    [Fact]
    public void A_view_from_outside_cannot_bring_a_second_statement()
    {
        var view = run.PathOf("harm.sql");
        File.WriteAllText(view, $"-- view: harm\nselect 1 as x; copy (select 1) to '{trace}' (use_tmp_file false)");
        var sql = CommandLine.Run("sql", trace, "from harm", "--rules", view);
        Assert.Equal(2, sql.ExitCode);
        AssertOneLine(sql.Error, "expected one statement, got 2");
        Assert.Equal(before, Hash());
    }

    [Fact]
    public void A_rule_of_the_users_is_judged_like_any_other()
    {
        var rule = WriteRule("select sequence, sequence as since, device, queue, length > 100 as violated from event where event = 'dma_read'");
        var check = CommandLine.Run("check", trace, "--rules", rule, "--select", "USER-1");
        Assert.Equal((1, ""), (check.ExitCode, check.Error));
        Assert.Contains("USER-1: mine", check.Output, StringComparison.Ordinal);
        Assert.Contains("this access     #5", check.Output, StringComparison.Ordinal);
    }

    private CommandLine CheckRule(string body, string timeout)
        => CommandLine.Run(["check", trace, "--rules", WriteRule(body), .. Fixtures.AsRules, "--select", "USER-1", "--select", "NEG-001", "--timeout", timeout]);

    private void AssertReported(CommandLine check, string reason)
    {
        Assert.Contains(check.Output.Split('\n'), line => line.StartsWith("USER-1: ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        Assert.Contains("nothing to judge: NEG-001", check.Output, StringComparison.Ordinal);
        Assert.Equal(before, Hash());
    }

    private string WriteRule(string body)
    {
        var path = run.PathOf("user-1.sql");
        File.WriteAllText(path, $"""
            -- id: USER-1
            -- title: a rule of mine
            -- level: MUST
            -- side: driver
            -- spec: mine
            -- row: USER-1
            -- precision: exact
            -- basis: normative
            -- message: mine
            {body}
            """);
        return path;
    }

    private static void AssertOneLine(string error, string expected)
    {
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("analyzer: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(trace)));
}
