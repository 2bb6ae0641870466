using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Tracing.Capture.Recording;

namespace Tracing.Benchmarks;

/// <summary>Journals into Parquet, beside DuckDB's own COPY of the same rows from memory; and what an event takes at rest.</summary>
internal static class Sealing
{
    public static IEnumerable<Row> Measure()
    {
        using var workshop = new Workshop();
        var (journals, run) = (workshop.PathOf("journals"), workshop.PathOf("run.parquet"));
        Workshop.Run("capture", "record", "-o", run, "--seed", "1", "--keep-journals", journals);

        var seals = new List<double>();
        var copies = new List<double>();
        SealedRun? sealedRun = null;
        using var database = new DuckDBConnection("Data Source=:memory:");
        database.Open();
        Execute(database, $"create table event as from '{run}'");
        for (var repetition = 0; repetition < 3; repetition++)
        {
            var watch = Stopwatch.StartNew();
            sealedRun = JournalFolder.Seal([journals], workshop.PathOf($"sealed-{repetition}.parquet"));
            seals.Add(watch.Elapsed.TotalSeconds);

            watch.Restart();
            Execute(database, $"copy event to '{workshop.PathOf("copy.parquet")}' (format parquet, parquet_version v2, compression zstd, compression_level 3)");
            copies.Add(watch.Elapsed.TotalSeconds);
        }

        var (seal, copy) = (Workshop.MedianOf(seals), Workshop.MedianOf(copies));
        yield return new Row(
            "sealing", $"{sealedRun!.Events / seal / 1e6:0.00} M events/s", $"DuckDB's COPY {sealedRun.Events / copy / 1e6:0.00} M/s", seal / copy,
            "at least 2 M events/s; at most 1.5x COPY");
        yield return new Row(
            "bytes per event at rest", ((double)new FileInfo(run).Length / sealedRun.Events).ToString("0.00", CultureInfo.InvariantCulture),
            "LTTng 36, nettrace 44 (published)", null, "at most 6");
    }

    private static void Execute(DuckDBConnection database, string statement)
    {
        using var command = database.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
