using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>
/// Reads every value of a file once: is it of the schema, is the sequence gap-free and in the file's order, and do counts
/// and sums agree with those that the recorder wrote down? A flipped bit in a Parquet file often reads without complaint.
/// </summary>
internal sealed class IntegrityCheck(Database database, RunPart part)
{
    private readonly string table = $"read_parquet({Sql.File(part.File)}, hive_partitioning = false)";
    private readonly List<string> problems = [];

    /// <summary>Everything that is wrong with the file; empty if nothing is.</summary>
    public IReadOnlyList<string> Run(CancellationToken token)
    {
        try
        {
            CheckSequence(token);
            CheckVocabularies(token);
            if (part.Facts.Integrity is { } integrity)
            {
                CheckRows(integrity);
                CheckSums(integrity, token);
                CheckTexts(integrity, token);
            }
        }
        catch (DuckDBException exception)
        {
            problems.Add($"the events cannot be read: {Printable.FirstLine(exception.Message)}");
        }

        // Last, since it says least: where a bit is wrong is told by what went before.
        if (problems.Count == 0 && part.Facts.Checksum is { } recorded) CheckFile(recorded);
        return problems;
    }

    private void CheckFile(string recorded)
    {
        try
        {
            using var file = new FileStream(part.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (place, found) = FindChecksum(file);
            if (place < 0) problems.Add("the place of the file's checksum cannot be found: the file is damaged, or was written anew with another file's metadata");
            else if (found != recorded) problems.Add($"the file's checksum is {found}; {Printable.Short(recorded)} was recorded: the file is damaged");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"the file cannot be read: {exception.Message}");
        }
    }

    private static (long Place, string Found) FindChecksum(FileStream file)
    {
        const int TrailerBytes = 8;
        var trailer = new byte[TrailerBytes];
        file.Seek(-TrailerBytes, SeekOrigin.End);
        file.ReadExactly(trailer);
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(trailer), Math.Min(file.Length - TrailerBytes, int.MaxValue / 2));
        var start = file.Length - TrailerBytes - length;
        var footer = new byte[length];
        file.Seek(start, SeekOrigin.Begin);
        file.ReadExactly(footer);
        var place = FileChecksum.PlaceIn(footer);
        return place < 0 ? (-1, "") : (start + place, FileChecksum.Of(file, start + place));
    }

    private void CheckSequence(CancellationToken token)
    {
        var numbered = $"read_parquet({Sql.File(part.File)}, hive_partitioning = false, file_row_number = true)";
        var first = $"(select sequence from {numbered} where file_row_number = 0)";
        database.Query($"""
            select count(*) filter (where misplaced), min(file_row_number) filter (where misplaced), {first}
            from (select file_row_number, sequence is null or sequence::hugeint - file_row_number <> {first} as misplaced from {numbered})
            """, reader =>
        {
            if (reader.GetInt64(0) > 0)
                problems.Add($"the sequence is not gap-free and rising: row {reader.GetInt64(1) + 1} is out of place");
            else if (part.Facts.Part == 1 && !reader.IsDBNull(2) && Convert.ToUInt64(reader.GetValue(2), CultureInfo.InvariantCulture) is var start and not 1)
                problems.Add($"the sequence begins with {start}; expected 1");
        }, token);
    }

    /// <summary>Enumeration columns hold only names that the schema, or for source the metadata, knows.</summary>
    private void CheckVocabularies(CancellationToken token)
    {
        var columns = Columns.All.Where(column => column.Type == ColumnType.Enumeration).ToList();
        var counts = columns.ToDictionary(column => column.Name, _ => new Dictionary<string, ulong>(StringComparer.Ordinal), StringComparer.Ordinal);
        var sql = string.Join("\nunion all ", columns.Select(column =>
            $"select '{column.Name}', {column.Name}, count(*) from {table} group by {column.Name}"));
        database.Query(sql, reader =>
        {
            var (name, count) = (reader.GetString(0), (ulong)reader.GetInt64(2));
            if (!reader.IsDBNull(1)) CheckName(Columns.All.First(column => column.Name == name), reader.GetString(1), counts[name], count);
            else if (name is "source" or "actor" or "event") problems.Add($"the column {name} is null in {count} rows");
        }, token);
        if (part.Facts.Integrity is not { } integrity) return;
        foreach (var column in columns)
        {
            if (integrity.Columns.GetValueOrDefault(column.Name)?.Values is { } expected) CompareCounts(column.Name, expected, counts[column.Name]);
        }
    }

    private void CheckName(ColumnDefinition column, string value, Dictionary<string, ulong> counts, ulong count)
    {
        counts[value] = count;
        // A newer minor version may have more names; they equal nothing that a rule asks for.
        var isKnown = column.Vocabulary is { } names
            ? part.Facts.IsOfNewerSchema() || names.TryNumberOf(value, out _)
            : part.Facts.Sources.Any(source => source.Name == value);
        if (isKnown || problems.Count > 20) return;
        var expected = column.Vocabulary is null ? "the metadata names no such source" : "the schema has no such name";
        problems.Add($"the column {column.Name} holds '{Printable.Line(value)}': {expected}");
    }

    private void CompareCounts(string column, IReadOnlyDictionary<string, ulong> expected, Dictionary<string, ulong> actual)
    {
        foreach (var value in expected.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (recorded, found) = (expected.GetValueOrDefault(value), actual.GetValueOrDefault(value));
            if (recorded != found) problems.Add($"the column {column} holds '{Printable.Line(value)}' {found} times; {recorded} were recorded");
        }
    }

    private void CheckRows(Integrity integrity)
    {
        if (integrity.Rows != part.Rows) problems.Add($"the file holds {part.Rows} events; {integrity.Rows} were recorded");
    }

    /// <summary>Counts and sums of the numeric columns, exactly: the sum of unsigned 64-bit numbers needs 128 bits.</summary>
    private void CheckSums(Integrity integrity, CancellationToken token)
    {
        var columns = Columns.All.Where(column => column.Type != ColumnType.Text && integrity.Columns.ContainsKey(column.Name)).ToList();
        if (columns.Count == 0) return;
        var terms = columns.Select(column => column.Type switch
        {
            ColumnType.Enumeration => $"count({column.Name}), null",
            ColumnType.Boolean => $"count({column.Name}), count_if({column.Name})::varchar",
            _ => $"count({column.Name}), sum({column.Name})::varchar",
        });
        database.Query($"select {string.Join(", ", terms)} from {table}", reader =>
        {
            for (var index = 0; index < columns.Count; index++)
            {
                var sum = reader.IsDBNull((2 * index) + 1) ? "0" : reader.GetString((2 * index) + 1);
                Compare(columns[index].Name, integrity.Columns[columns[index].Name], (ulong)reader.GetInt64(2 * index), sum);
            }
        }, token);
    }

    /// <summary>Each distinct text is hashed once: traces repeat their notes.</summary>
    private void CheckTexts(Integrity integrity, CancellationToken token)
    {
        foreach (var column in Columns.All.Where(column => column.Type == ColumnType.Text))
        {
            if (!integrity.Columns.TryGetValue(column.Name, out var expected)) continue;
            var (sum, count) = (BigInteger.Zero, 0UL);
            database.Query($"select {column.Name}, count(*) from {table} where {column.Name} is not null group by {column.Name}", reader =>
            {
                var times = (ulong)reader.GetInt64(1);
                sum += (BigInteger)TextHash.Of(reader.GetString(0)) * times;
                count += times;
            }, token);
            Compare(column.Name, expected, count, sum.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Compare(string column, ColumnIntegrity expected, ulong nonNull, string sum)
    {
        if (expected.NonNull != nonNull)
            problems.Add($"the column {column} has {nonNull} values; {expected.NonNull} were recorded");
        else if (expected.Sum is { } recorded && Columns.All.First(one => one.Name == column).Type != ColumnType.Enumeration && recorded != sum)
            problems.Add($"the values of column {column} add up to {sum}; they were {Printable.Line(recorded)} when they were recorded");
    }
}
