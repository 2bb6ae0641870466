using System.Globalization;
using DuckDB.NET.Data;

namespace Tracing.Benchmarks;

/// <summary>`analyzer check` of a run of about ten thousand events, as a whole process, beside a process that opens DuckDB and exits.</summary>
internal static class SmallCheck
{
    private const int Repetitions = 5;

    public static IEnumerable<Row> Measure()
    {
        using var workshop = new Workshop();
        var run = workshop.PathOf("small.parquet");
        Workshop.Run("capture", "record", "-o", run, "--seed", "1", "--set", "requests=150");
        var checks = new List<double>();
        var opens = new List<double>();
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            checks.Add(Workshop.Run("analyzer", "check", run).TotalSeconds);
            opens.Add(Workshop.Run("Tracing.Benchmarks", "open-duckdb").TotalSeconds);
        }

        var (check, open) = (Workshop.MedianOf(checks), Workshop.MedianOf(opens));
        yield return new Row(
            "check of a small run, whole process", Seconds(check), $"opening DuckDB and exiting {Seconds(open)}", check / open, "at most 4x");
    }

    /// <summary>The yardstick's whole program.</summary>
    public static int OpenAndExit()
    {
        using var database = new DuckDBConnection("Data Source=:memory:");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "select 1";
        command.ExecuteScalar();
        return 0;
    }

    private static string Seconds(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
