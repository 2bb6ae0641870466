using Tracing.Tests.Judging;
using Tracing.Tests.Live;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>A C program that is killed leaves journals of everything that it had recorded, at whatever moment it was.</summary>
public sealed class KilledProgramTests
{
    private const int LatestKillMs = 120;

    [Fact]
    public void A_killed_pair_gives_a_gap_free_run_that_breaks_no_rule()
    {
        for (var kill = 0; kill < TestScale.Kills; kill++)
        {
            using var folder = new TemporaryFolder();
            RunAndKill(folder, 40 + new Random(kill).Next(LatestKillMs));

            var run = Recording.Journals.Seal(folder.PathOf("run"), folder.PathOf("run.parquet"));

            Assert.Equal((0UL, false), (run.Losses, run.Facts.Complete));
            Assert.Equal(["true"], ParquetRows.Query($"""
                select bool_and(source_sequence = place)::varchar
                from (select source_sequence, row_number() over (partition by source order by sequence) as place from '{folder.PathOf("run.parquet")}')
                """));
            Assert.Empty(JudgedRun.Of(folder.PathOf("run.parquet")).With("violated"));
        }
    }

    [Fact]
    public void A_pair_that_is_killed_while_it_opens_its_journals_leaves_none_that_cannot_be_read()
    {
        for (var kill = 0; kill < TestScale.Kills * 5; kill++)
        {
            using var folder = new TemporaryFolder();
            Kill(folder, 1 + (kill % 10));
            if (!Directory.Exists(folder.PathOf("run")) || Directory.GetFiles(folder.PathOf("run"), "*.journal").Length == 0) continue;

            Assert.Equal(0UL, Recording.Journals.Seal(folder.PathOf("run"), folder.PathOf("run.parquet")).Losses);
        }
    }

    /// <summary>On a machine that has something else to do it may take longer until there is anything.</summary>
    private static void RunAndKill(TemporaryFolder folder, int milliseconds)
    {
        for (; !File.Exists(folder.PathOf("run/driver.journal")); milliseconds *= 2)
        {
            if (Directory.Exists(folder.PathOf("run"))) Directory.Delete(folder.PathOf("run"), recursive: true);
            Kill(folder, milliseconds);
        }
    }

    private static void Kill(TemporaryFolder folder, int milliseconds)
        => Tool.Run("timeout", "-s", "KILL", $"{milliseconds / 1000}.{milliseconds % 1000:000}", CProgram.Pair, folder.PathOf("run"), "--publications", "1000000000");
}
