using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Tests.Analysis;

/// <summary>Makes runs on disk out of event text, with integrity computed here and not by the code under test.</summary>
internal sealed class TestRun : IDisposable
{
    /// <summary>Four accesses in a window of one page, of which the last lies outside.</summary>
    public const string Window = """
        platform dev0 device_appeared value=2 note="blk"
        platform dev0 region_mapped address=bus:0x10000 length=4096 region_id=1 region_origin=capability region_shared=false
        device dev0/q0 dma_read part=payload address=bus:0x10000 length=16
        device dev0/q0 dma_write part=payload address=bus:0x10ff0 length=16
        device dev0/q1 dma_read part=payload address=bus:0x10800 length=512 note="a note"

        """;

    /// <summary>An access outside that window.</summary>
    public const string Outside = "device dev0/q1 dma_read part=payload address=bus:0x20000 length=16\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analysis-tests-");

    /// <summary>The folder of all files made here.</summary>
    public string Folder => folder.FullName;

    /// <summary>A path in that folder.</summary>
    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Writes a run.</summary>
    /// <param name="events">Its events.</param>
    /// <param name="name">Its file's name.</param>
    /// <param name="change">Changes its facts before they are written.</param>
    /// <param name="sql">Changes its table before it is written.</param>
    /// <param name="tamper">Changes its metadata as it will stand in the file, names without prefix.</param>
    public string Write(
        string events,
        string name = "run.parquet",
        Func<RunFacts, RunFacts>? change = null,
        string sql = "",
        Action<Dictionary<string, string>>? tamper = null)
    {
        var rows = ExampleRun.Complete(Parse(events));
        var facts = ExampleRun.Facts(rows, ["*.*"], "exact") with { RunId = "test", Producer = "tests", Integrity = IntegrityOf(rows) };
        facts = change?.Invoke(facts) ?? facts;
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var values = facts.ToMetadata().ToDictionary(entry => entry.Key[RunFacts.KeyPrefix.Length..], entry => entry.Value, StringComparer.Ordinal);
        tamper?.Invoke(values);
        var metadata = values.Select(entry => $"{Sql.Text(RunFacts.KeyPrefix + entry.Key)}: {Sql.Text(entry.Value)}");
        command.CommandText = EventTable.Create + EventTable.Insert(rows) + sql
            + $";copy (select * from event) to {Sql.Text(path)} (format parquet, compression zstd, kv_metadata {{{string.Join(", ", metadata)}}})";
        command.ExecuteNonQuery();
        return path;
    }

    public static IReadOnlyList<EventRow> Parse(string events)
    {
        var rows = new List<EventRow>();
        foreach (var line in events.Split('\n').Where(line => !EventText.IsBlankOrComment(line)))
        {
            if (!EventText.TryParse(line, out var row, out var reason)) throw new ArgumentException($"{line}: {reason}");
            rows.Add(row);
        }

        return rows;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Integrity IntegrityOf(IReadOnlyList<EventRow> rows)
        => new((ulong)rows.Count, Columns.All.ToDictionary(column => column.Name, column => IntegrityOf(rows, column), StringComparer.Ordinal));

    private static ColumnIntegrity IntegrityOf(IReadOnlyList<EventRow> rows, ColumnDefinition column)
    {
        if (column.Type == ColumnType.Enumeration)
        {
            var values = rows.Select(row => column.Column == Column.Source ? row.Source : row[column.Column] is { } number ? column.Vocabulary!.NameOf((int)number) : null)
                .OfType<string>().GroupBy(value => value, StringComparer.Ordinal).ToDictionary(same => same.Key, same => (ulong)same.Count(), StringComparer.Ordinal);
            return new ColumnIntegrity(values.Values.Aggregate(0UL, (sum, count) => sum + count), Values: values);
        }

        var numbers = rows.Select(row => column.Column switch
        {
            Column.Note => row.Note is { } note ? TextHash.Of(note) : (BigInteger?)null,
            Column.TimeNs => row.TimeNs,
            _ => row[column.Column],
        }).OfType<BigInteger>().ToList();
        return new ColumnIntegrity((ulong)numbers.Count, numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + number).ToString(CultureInfo.InvariantCulture));
    }
}
