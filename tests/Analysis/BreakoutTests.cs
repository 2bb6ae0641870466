using System.Security.Cryptography;
using Tracing.Analysis.Checking;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Ways around the guard that lets one SELECT pass: nothing but the trace can be read, and nothing written at all.</summary>
public sealed class BreakoutTests : IDisposable
{
    private const string Overwrite = "copy (select 1) to '{trace}' (use_tmp_file false)";
    private readonly TestRun run = new();
    private readonly string trace;
    private readonly string before;

    public BreakoutTests()
    {
        trace = run.Write(TestRun.Window);
        before = Hash();
    }

    /// <summary>Statements that are refused by what they are.</summary>
    public static TheoryData<string> NoSelect => new(
        Overwrite,
        "\u3000" + Overwrite,
        "/* */ " + Overwrite,
        "-- \n" + Overwrite,
        "explain analyze " + Overwrite,
        "explain/**/analyze/**/" + Overwrite,
        "select 1; " + Overwrite,
        ";;" + Overwrite,
        "prepare p as " + Overwrite,
        "execute p",
        "deallocate p",
        "with x as (" + Overwrite + ") select 1",
        "with x as (insert into loss select null returning 1) select * from x",
        "pragma copy_database(memory, temp)",
        "copy from database memory to temp",
        "pragma import_database('/')",
        "import database '/'",
        "export database '/tmp'",
        "pragma enable_profiling",
        "pragma profiling_output = 'x'",
        "pragma enable_verification",
        "pragma add_parquet_key('k', '0123456789012345')",
        "set threads = 1",
        "reset threads",
        "set variable x = 1",
        "use memory",
        "begin",
        "vacuum",
        "analyze",
        "checkpoint",
        "comment on table loss is 'x'",
        "merge into loss using loss b on true when matched then delete",
        "truncate loss",
        "select 1 into x");

    /// <summary>SELECTs that would reach what is not the trace; they are refused when they are bound.</summary>
    public static TheoryData<string> OtherFiles => new(
        "select * from glob('/*')",
        "select * from read_blob('/etc/hostname')",
        "select * from read_csv('/dev/stdin')",
        "select * from read_json('/etc/hostname')",
        "select * from parquet_metadata('/tmp/other.parquet')",
        "from 'http://localhost:1/x.parquet'",
        "from 's3://bucket/x.parquet'",
        "from '~/x.parquet'",
        "from read_parquet('{trace}*')",
        "from read_parquet(['{trace}', '/tmp/other.parquet'])",
        "from query('" + "copy (select 1) to ''x''" + "')",
        "from query('select 1; select 2')",
        "from query_table('/etc/hostname')",
        "from read_duckdb('/tmp/x.db')",
        "from arrow_scan(1, 2, 3)",
        "from arrow_scan(1::pointer, 2::pointer, 3::pointer)",
        "select getenv('HOME')");

    public void Dispose() => run.Dispose();

    [Theory]
    [MemberData(nameof(NoSelect))]
    [MemberData(nameof(OtherFiles))]
    public void Nothing_but_a_SELECT_over_the_trace_is_let_pass(string text)
    {
        using var database = Database.Open([trace], DatabaseLimits.Default);
        database.Execute(LossTable.Create, TestContext.Current.CancellationToken);
        Assert.Throws<RefusedException>(() => SelectGuard.Check(database, Fill(text)));
        Assert.Equal(before, Hash());
    }

    [Theory]
    [InlineData("explain analyze\u2003{overwrite}")]
    [InlineData("explain\fanalyze\v{overwrite}")]
    [InlineData("explain analyze -- \n{overwrite}")]
    [InlineData("explain -- \n analyze {overwrite}")]
    [InlineData("explain (analyze) {overwrite}")]
    [InlineData("explain analyze ({overwrite})")]
    [InlineData("explain pragma copy_database(memory, temp)")]
    public void What_is_explained_is_a_SELECT_too(string text)
    {
        var sql = CommandLine.Run("sql", trace, Fill(text));
        Assert.Equal((2, ""), (sql.ExitCode, sql.Output));
        Assert.Equal(before, Hash());
    }

    [Fact]
    public void Any_blank_may_stand_behind_explain()
    {
        var sql = CommandLine.Run("sql", trace, "explain\u0085analyze\u2028select 1");
        Assert.Equal((0, ""), (sql.ExitCode, sql.Error));
    }

    [Theory]
    [InlineData("select count(*) as c from enable_profiling(format = 'json', save_location = '{written}.json')")]
    [InlineData("select count(*) as c from enable_logging(storage = 'file', storage_config = {'path': '{written}'}, level = 'trace')")]
    [InlineData("select count(*) as c from enable_logging(storage = 'file', storage_path = '{trace}', level = 'trace')")]
    public void A_view_that_is_kept_runs_first_and_still_writes_nothing(string body)
    {
        var rules = Directory.CreateDirectory(run.PathOf("rules"));
        File.WriteAllText(Path.Combine(rules.FullName, "harm.sql"), $"-- view: harm\n-- materialize: yes\n{Fill(body)}");
        var sql = CommandLine.Run("sql", trace, "select count(write_log('x' || sequence, level := 'error')) from event, harm, range(10000)", "--rules", rules.FullName);
        Assert.Contains(sql.ExitCode, new[] { 0, 3 });
        Assert.InRange(sql.Error.Split('\n').Length, 1, 2);
        Assert.Equal(before, Hash());
        Assert.Equal([rules.FullName, trace], Directory.GetFileSystemEntries(run.Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_example_of_a_rule_from_outside_is_guarded_like_the_rule()
    {
        File.WriteAllText(run.PathOf("user-1.sql"), """
            -- id: USER-1
            -- title: mine
            -- level: MUST
            -- side: driver
            -- spec: mine
            -- row: USER-1
            -- precision: exact
            -- basis: normative
            -- message: mine
            --
            -- ## Example: holds
            -- driver dev0/q0 remark
            select 1 as sequence, 1 as since, 0 as device, 0 as queue, false as violated) select 1; create table x as (select 1
            """);
        var examples = CommandLine.Run("examples", "USER-1", "--rules", run.PathOf("user-1.sql"));
        Assert.Equal(1, examples.ExitCode);
        Assert.Contains("syntax error", examples.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_not_named_by_what_steers_a_terminal()
    {
        var rule = run.PathOf("user\u001b[2j.sql");
        File.WriteAllText(rule, "-- id: USER\u001b[2J\n-- title: mine\nselect 1");
        var rules = CommandLine.Run("rules", "--rules", rule);
        Assert.Equal((2, ""), (rules.ExitCode, rules.Output));
        Assert.DoesNotContain('\u001b', rules.Error);
    }

    private string Fill(string text) => text.Replace("{overwrite}", Overwrite, StringComparison.Ordinal)
        .Replace("{trace}", trace, StringComparison.Ordinal).Replace("{written}", run.PathOf("written"), StringComparison.Ordinal);

    private string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(trace)));
}
