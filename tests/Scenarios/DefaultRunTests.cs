using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Tracing.Capture.Simulation;
using Tracing.Schemas;
using Tracing.Virtio.Driver;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Scenarios;

/// <summary>The default run at full size, and what its seed decides, by plain SQL over its file.</summary>
public sealed partial class DefaultRunTests
{
    private const long LeastBytesMoved = 64L << 20;

    [Fact]
    public void It_moves_64_MiB_through_the_region_and_the_device_touches_nothing_else()
    {
        using var run = new RecordedRun(Scenario.DefaultName, 1, []);
        Assert.Empty(run.Outcome.Failures);
        var region = $"""
            with region as (
                select address as first, address::hugeint + length as past
                from '{run.File}' where event = 'region_mapped' and region_origin = 'capability'
            )
            """;
        const string access = "event in ('dma_read', 'dma_write')";
        const string inside = "address >= first and address::hugeint + length <= past";

        Assert.True(Number($"{region} select sum(length) from '{run.File}', region where {access} and part = 'payload' and {inside}") >= LeastBytesMoved);
        Assert.Equal(0, Number($"{region} select count(*) from '{run.File}', region where {access} and not ({inside})"));
        Assert.True(Number($"select count(*) from '{run.File}' where event = 'interrupt' and address >= {0xfee0_0000}") > 0);

        // The README shows what of this run was proved.
        var shown = ProofOfReadme().Matches(Repository.Read("README.md")).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value, StringComparer.Ordinal);
        Assert.Equal(4, shown.Count);
        var judged = JudgedRun.Of(run.File, [.. shown.Keys.SelectMany(id => new[] { "--select", id })]);
        Assert.All(shown, line => Assert.Equal(line.Value, judged.Rules[line.Key].Held.ToString("N0", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_image_holds_what_was_written_block_by_block()
    {
        var image = Path.GetTempFileName();
        try
        {
            using var run = new RecordedRun(Scenario.DefaultName, 5, ["requests=64", $"image={image}"]);
            Assert.Empty(run.Outcome.Failures);
            var plan = new WriteAndVerifyPlan(64) { BlockBytes = 4096, Key = 5 };
            Assert.Equal(MediumDigest.Expected(plan), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(image))));
            Assert.NotEqual(MediumDigest.Expected(plan), MediumDigest.Expected(new WriteAndVerifyPlan(64) { BlockBytes = 4096, Key = 6 }));
        }
        finally
        {
            File.Delete(image);
        }
    }

    [Fact]
    public void A_run_whose_data_went_astray_says_so()
    {
        using var run = new RecordedRun(Scenario.DefaultName, 5, ["requests=64"], "copy-out-before-used");
        Assert.NotEmpty(run.Outcome.Failures);
    }

    [Fact]
    public void The_same_seed_makes_the_same_events()
    {
        using var first = new RecordedRun(Scenario.DefaultName, 7, ["requests=500"]);
        using var second = new RecordedRun(Scenario.DefaultName, 7, ["requests=500"]);
        var columns = string.Join(", ", Columns.All.Where(column => column.Column != Column.TimeNs).Select(column => column.Name));

        Assert.True(first.Sealed.Events > 0);
        Assert.Equal(first.Sealed.Events, second.Sealed.Events);
        Assert.Equal(0, Number($"select count(*) from (select {columns} from '{first.File}' except all select {columns} from '{second.File}')"));
        Assert.Equal(0, Number($"select count(*) from (select {columns} from '{second.File}' except all select {columns} from '{first.File}')"));
    }

    [Fact]
    public void Seeds_make_different_orders_of_the_two_sides()
    {
        var orders = new HashSet<string>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= (ulong)TestScale.Seeds; seed++)
        {
            using var run = new RecordedRun(Scenario.DefaultName, seed, ["requests=20"]);
            orders.Add(ParquetRows.Query($"select string_agg(actor[2], '' order by sequence) from '{run.File}' where actor in ('driver', 'device')").Single());
        }

        Assert.True(orders.Count >= TestScale.Seeds * 4 / 5, $"{orders.Count} orders over {TestScale.Seeds} seeds");
    }

    [GeneratedRegex(@"^(\S+) +MUST +holds +0 +([\d,]+) ", RegexOptions.Multiline)]
    private static partial Regex ProofOfReadme();

    private static long Number(string sql) => long.Parse(ParquetRows.Query(sql).Single(), CultureInfo.InvariantCulture);
}
