using Tracing.Journals;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>What journals hold stands in the Parquet file, row by row, with checks that hold.</summary>
public sealed class SealingTests
{
    [Fact]
    public void Every_kind_and_column_comes_back_in_the_order_of_writing()
    {
        for (var seed = 0; seed < TestScale.Seeds; seed++)
        {
            using var folder = new TemporaryFolder();
            var written = Record(folder, 5000, seed);

            var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));

            Assert.True(run.Events == 5000 && run.Facts.Complete);
            var rows = ParquetRows.Read(run.Path);
            Assert.Equal(Enumerable.Range(1, 5000).Select(number => (ulong?)number), rows.Select(row => row[Column.Sequence]));
            Assert.Equal(written, rows.Select(row => $"{row.Source} {Text(row)}"));
        }
    }

    [Fact]
    public void The_file_has_the_schemas_columns_in_order_and_type()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 100, seed: 1);
        var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));

        var described = ParquetRows.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{run.Path}')");

        Assert.Equal(Columns.All.Select(column => $"{column.Name}|{column.SqlType}"), described);
    }

    [Fact]
    public void Enumerations_are_stored_as_dictionaries_of_strings()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 3000, seed: 1);
        var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));
        var enumerations = string.Join(", ", Columns.All
            .Where(column => column.Type == ColumnType.Enumeration).Select(column => $"'{column.Name}'"));

        var encodings = ParquetRows.Query(
            $"SELECT DISTINCT encodings FROM parquet_metadata('{run.Path}') WHERE path_in_schema IN ({enumerations})");

        Assert.Equal(["RLE_DICTIONARY"], encodings);
    }

    [Fact]
    public void Integrity_is_what_SQL_computes()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 4000, seed: 5);
        var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));
        var integrity = ParquetRows.Facts(run.Path).Integrity!;

        Assert.Equal(4000UL, integrity.Rows);
        Assert.Equal(Columns.All.Select(column => column.Name), integrity.Columns.Keys);
        foreach (var column in Columns.All)
        {
            var checks = integrity.Columns[column.Name];
            Assert.Equal($"{checks.NonNull}", ParquetRows.Query($"SELECT count({column.Name}) FROM '{run.Path}'")[0]);
            if (column.Type == ColumnType.Enumeration)
            {
                var counts = ParquetRows.Query(
                    $"SELECT {column.Name}, count(*) FROM '{run.Path}' WHERE {column.Name} IS NOT NULL GROUP BY 1");
                Assert.Equal(counts.Order(StringComparer.Ordinal), checks.Values!.Select(entry => $"{entry.Key}|{entry.Value}").Order(StringComparer.Ordinal));
            }
            else if (column.Type == ColumnType.Text)
            {
                var hashes = ParquetRows.Read(run.Path).Where(row => row.Note is not null)
                    .Aggregate(UInt128.Zero, (sum, row) => sum + TextHash.Of(row.Note!));
                Assert.Equal(hashes.ToString(), checks.Sum);
            }
            else
            {
                // DuckDB sums 64 bits in 128; a sum beyond that would be an error, not a wrong number.
                var sum = ParquetRows.Query($"SELECT coalesce(sum({column.Name}::HUGEINT), 0)::VARCHAR FROM '{run.Path}'")[0];
                Assert.Equal(sum, checks.Sum);
            }
        }
    }

    [Fact]
    public void The_facts_name_sources_and_their_order()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 300, seed: 2);
        var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));

        var facts = ParquetRows.Facts(run.Path);

        Assert.Equal(["device", "driver", "platform"], facts.Sources.Select(source => source.Name));
        Assert.Equal(300UL, facts.Sources.Aggregate(0UL, (sum, source) => sum + source.Events));
        Assert.Equal(["exact", "exact", "exact"], facts.SourceOrder.Select(order => order.Order));
        Assert.Equal("test", facts.Producer);
    }

    [Fact]
    public void The_same_journals_give_the_same_file()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 3000, seed: 9);

        var first = Journals.Seal(folder.Path, folder.PathOf("first.parquet"));
        var second = Journals.Seal(folder.Path, folder.PathOf("second.parquet"));

        Assert.Equal(
            ParquetRows.Read(first.Path).Select(EventText.Format), ParquetRows.Read(second.Path).Select(EventText.Format));
    }

    [Fact]
    public void A_damaged_journal_becomes_a_loss_in_its_place()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 3000, seed: 4);
        var path = folder.PathOf("driver.journal");
        var bytes = File.ReadAllBytes(path);
        bytes[JournalFormat.PageBytes + 5000] ^= 1;
        File.WriteAllBytes(path, bytes);

        var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));

        Assert.Equal(run.Losses, (ulong)ParquetRows.Read(run.Path).Count(row => row.Kind == EventKind.Loss));
        var loss = Assert.Single(ParquetRows.Read(run.Path), row => row is { Kind: EventKind.Loss, Note: "the CRC-32C of segment 0 differs" });
        Assert.Equal("driver", loss.Source);
        Assert.Equal(1UL, loss[Column.SourceSequence]);
        Assert.Equal(3000UL, run.Events - 1 + loss[Column.Value]);
    }

    [Fact]
    public void A_file_that_is_no_journal_is_a_loss_beside_sound_ones()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 30, seed: 4);
        File.WriteAllText(folder.PathOf("foreign.journal"), "hello");

        var run = Journals.Seal(folder.Path, folder.PathOf("run.parquet"));

        Assert.True(run.Losses > 0);
        Assert.False(run.Facts.Complete);
        var loss = Assert.Single(ParquetRows.Read(run.Path), row => row.Source == "foreign");
        Assert.Contains("too few for a journal's header page", loss.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_cannot_be_written_leaves_journals_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 30, seed: 4);
        var before = Directory.GetFileSystemEntries(folder.Path);

        Assert.ThrowsAny<IOException>(() => Journals.Seal(folder.Path, folder.PathOf("missing/run.parquet")));

        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void Journals_of_two_runs_are_refused()
    {
        using var folder = new TemporaryFolder();
        Record(folder, 30, seed: 4);
        var other = Journals.Facts("other") with { RunId = "00000000-0000-8000-8000-000000000002" };
        using (var journal = new JournalWriter<VirtualClock>(folder.PathOf("other.journal"), other, new VirtualClock(new VirtualTime())))
            journal.Complete();

        var exception = Assert.Throws<InvalidDataException>(() => Journals.Seal(folder.Path, folder.PathOf("run.parquet")));

        Assert.Contains("seal them apart", exception.Message, StringComparison.Ordinal);
    }

    private static List<string> Record(TemporaryFolder folder, int count, int seed)
    {
        var time = new VirtualTime();
        string[] sources = ["driver", "device", "platform"];
        var journals = sources.Select(source => Journals.Open(folder.PathOf(source + ".journal"), time, source)).ToArray();
        var events = new RandomEvents(seed);
        var random = new Random(seed);
        var written = new List<string>();
        for (var index = 0; index < count; index++)
        {
            var source = random.Next(sources.Length);
            var (record, note) = events.Next();
            journals[source].Write(in record, note);
            written.Add($"{sources[source]} {Journals.Text(in record, note)}");
        }

        foreach (var journal in journals)
        {
            journal.Complete();
            journal.Dispose();
        }

        return written;
    }

    private static string Text(EventRow row)
    {
        (row.Source, row.TimeNs) = (null, null);
        row[Column.Sequence] = null;
        row[Column.SourceSequence] = null;
        return EventText.Format(row);
    }
}
