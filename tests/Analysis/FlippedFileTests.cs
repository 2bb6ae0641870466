using System.Globalization;
using Tracing.Analysis.Checking;
using Tracing.Schemas;
using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>A bit of a recorded file is flipped: that is noticed, or no value of any event is another one.</summary>
public sealed class FlippedFileTests
{
    private const int Seed = 1;

    [Fact]
    public void A_flipped_bit_is_noticed_or_changes_no_event()
    {
        using var recorded = new RecordedRun("blk-swiotlb", 1, ["requests=8", "block-size=512"]);
        Assert.Equal(0, CommandLine.Run("validate", recorded.File).ExitCode);
        var original = File.ReadAllBytes(recorded.File);
        var flipped = recorded.File + ".flipped.parquet";
        var random = new Random(Seed);
        var noticed = 0;
        for (var flip = 0; flip < TestScale.BitFlips; flip++)
        {
            var bit = random.NextInt64(original.LongLength * 8);
            var bytes = (byte[])original.Clone();
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(flipped, bytes);
            var again = string.Create(CultureInfo.InvariantCulture, $"bit {bit}; TRACING_BIT_FLIPS={flip + 1} repeats it");
            var validate = CommandLine.Run("validate", flipped);
            Assert.True(validate.ExitCode is 0 or 4 && validate.Error.Length == 0, $"{again}: exit code {validate.ExitCode}: {validate.Error}");
            if (validate.ExitCode == 4) noticed++;
            else Assert.True(Differences(recorded.File, flipped) == 0, $"{again}: other events, and nobody noticed");
        }

        Assert.NotEqual(0, noticed);
    }

    [Fact]
    public void Values_that_change_places_are_seen_by_the_checksum_and_not_by_sums()
    {
        using var recorded = new RecordedRun("blk-swiotlb", 1, ["requests=8", "block-size=512"]);
        var swapped = recorded.File + ".swapped.parquet";
        Swap(recorded.File, swapped, keepsChecksum: false);
        Assert.Equal((0, 2L), (CommandLine.Run("validate", swapped).ExitCode, Differences(recorded.File, swapped) / 2));

        Swap(recorded.File, swapped, keepsChecksum: true);
        var check = CommandLine.Run("check", swapped);
        Assert.Equal((4, ""), (check.ExitCode, check.Output));
        Assert.Contains("the file's checksum is ", check.Error, StringComparison.Ordinal);
    }

    /// <summary>Writes the run anew, with the threads of two events exchanged.</summary>
    private static void Swap(string from, string to, bool keepsChecksum)
    {
        var metadata = ParquetRows.Query($"select decode(key) || chr(0) || decode(value) from parquet_kv_metadata({Sql.Text(from)})")
            .Select(row => row.Split('\0', 2)).Where(pair => keepsChecksum || pair[0] != FileChecksum.Key)
            .Select(pair => $"{Sql.Text(pair[0])}: {Sql.Text(pair[1])}");
        var map = $"{{{string.Join(", ", metadata)}}}";
        var events = $"read_parquet({Sql.Text(from)})";
        ParquetRows.Query($"""
            copy (
                select * replace (case
                    when sequence = (select min(sequence) from {events} where thread = 0) then 1
                    when sequence = (select min(sequence) from {events} where thread = 1) then 0
                    else thread end::usmallint as thread)
                from {events} order by sequence)
            to {Sql.Text(to)} (format parquet, kv_metadata {map})
            """);
    }

    /// <summary>How many rows are in one file and not in the other, over all columns.</summary>
    private static long Differences(string one, string other)
    {
        return long.Parse(ParquetRows.Query($"""
            select count(*) from (
                (select * from {Sql.Text(one)} except all select * from {Sql.Text(other)})
                union all
                (select * from {Sql.Text(other)} except all select * from {Sql.Text(one)}))
            """)[0], CultureInfo.InvariantCulture);
    }
}
