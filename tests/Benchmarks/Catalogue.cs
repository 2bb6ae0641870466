using System.Diagnostics;
using DuckDB.NET.Data;
using Tracing.Schemas;

namespace Tracing.Benchmarks;

/// <summary>
/// The whole catalogue over the default run and ten times as much, beside a scan of every column of the same file.
/// VIRTIO_BENCHMARK_SCALES sets other multiples, such as "1,10,50".
/// </summary>
internal static class Catalogue
{
    private const int DefaultRequests = 16384;

    public static IEnumerable<Row> Measure()
    {
        var scales = (Environment.GetEnvironmentVariable("VIRTIO_BENCHMARK_SCALES") ?? "1,10").Split(',').Select(int.Parse);
        foreach (var scale in scales)
        {
            using var workshop = new Workshop();
            var run = workshop.PathOf("run.parquet");
            Workshop.Run("capture", "record", "-o", run, "--seed", "1", "--set", $"requests={DefaultRequests * scale}");
            var check = Workshop.Run("analyzer", "check", run).TotalSeconds;
            var (rows, scan) = Scan(run);
            yield return new Row(
                $"the whole catalogue, {rows / 1e6:0.0} M events", $"{check:0.0} s, {rows / check / 1e6:0.00} M events/s",
                $"scan of all columns {scan:0.00} s", check / scan, "at most 18x; linear");
        }
    }

    private static (long Rows, double Seconds) Scan(string run)
    {
        using var database = new DuckDBConnection("Data Source=:memory:");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = $"select count(*), {string.Join(", ", Columns.All.Select(column => $"max({column.Name})"))} from '{run}'";
        var watch = Stopwatch.StartNew();
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), watch.Elapsed.TotalSeconds);
    }
}
