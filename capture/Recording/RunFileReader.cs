using System.Globalization;
using DuckDB.NET.Data;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>
/// One source of a sealed run, read back in its own order, to be merged with others. A file that is not what it says of
/// itself is an error when its last source has been read: a merge must not make a damaged file look whole.
/// </summary>
public sealed class RunFileReader : IEventReader
{
    private readonly string path;
    private readonly OpenFile file;
    private readonly DuckDBConnection connection;
    private readonly DuckDBCommand command;
    private readonly DuckDBDataReader rows;
    private EventRecord current;

    private RunFileReader(string path, OpenFile file, SourceFacts source)
    {
        this.path = path;
        this.file = file;
        Source = source;
        connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        command = connection.CreateCommand();
        command.CommandText = "SET threads = 1; SET temp_directory = ''; SET preserve_insertion_order = true";
        command.ExecuteNonQuery();
        command.CommandText = $"SELECT {Names()} FROM read_parquet({Quote(path)}, hive_partitioning = false) WHERE source = {Quote(source.Name)}";
        command.UseStreamingMode = true;
        rows = command.ExecuteReader();
    }

    /// <inheritdoc/>
    public SourceFacts Source { get; }

    /// <inheritdoc/>
    public bool IsComplete => file.Facts.Complete;

    /// <summary>What the file says of itself.</summary>
    public RunFacts Facts => file.Facts;

    /// <inheritdoc/>
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc/>
    public string? Note { get; private set; }

    /// <inheritdoc/>
    public ulong Count { get; private set; }

    /// <summary>Opens every source of a run's file.</summary>
    /// <exception cref="InvalidDataException">The file is no run of this schema.</exception>
    public static IReadOnlyList<IEventReader> Open(string path)
    {
        var readers = new List<IEventReader>();
        try
        {
            var facts = FactsOf(path);
            var file = new OpenFile(facts, facts.Sources.Count);
            foreach (var source in facts.Sources) readers.Add(new RunFileReader(path, file, source));
            return readers;
        }
        catch (Exception exception)
        {
            foreach (var reader in readers) reader.Dispose();
            if (exception is DuckDBException) throw new InvalidDataException($"{path}: {exception.Message.Split('\n')[0]}", exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Read()
    {
        try
        {
            if (rows.Read())
            {
                Take();
                return true;
            }
        }
        catch (DuckDBException exception)
        {
            throw new IOException($"{path}: {exception.Message.Split('\n')[0]}", exception);
        }

        if (--file.SourcesLeft == 0 && file.Facts.Integrity is { } stated && file.Tally.DifferenceFrom(stated) is { } difference)
            throw new IOException($"{path} is damaged: {difference}");
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows.Dispose();
        command.Dispose();
        connection.Dispose();
    }

    private static RunFacts FactsOf(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT decode(key), decode(value) FROM parquet_kv_metadata({Quote(path)})";
        using var reader = command.ExecuteReader();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read()) metadata[reader.GetString(0)] = reader.IsDBNull(1) ? "" : reader.GetString(1);
        return RunFacts.TryParse(metadata, out var facts, out var reason) && facts.Sources.All(source => source?.Name is not null)
            ? facts
            : throw new InvalidDataException($"{path}: {reason ?? "a source has no name"}");
    }

    private static string Names() => string.Join(", ", Columns.All.Select(column => column.Name));

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private void Take()
    {
        var row = new EventRow();
        foreach (var column in Columns.All)
        {
            if (rows.IsDBNull((int)column.Column)) continue;
            var value = rows.GetValue((int)column.Column);
            if (column.Column == Column.Source) row.Source = (string)value;
            else if (column.Column == Column.TimeNs) row.TimeNs = (long)value;
            else if (column.Column == Column.Note) row.Note = (string)value;
            else row[column.Column] = Number(column, value);
        }

        file.Tally.Add(row);
        Count = row[Column.SourceSequence] ?? Count + 1;
        if (row.TryToRecord(out current, out var problem))
        {
            Note = row.Note;
            current.HasNote = Note is not null;
            return;
        }

        // What no record can hold is not dropped in silence.
        current = new EventRecord(EventKind.Loss, Actor.Recorder, thread: 0) { Value = 1, Time = row.TimeNs ?? EventRecord.UnknownTime, HasNote = true };
        Note = $"event {Count} of {row.Source} fits no record: {problem}";
    }

    /// <summary>A number, or the number of a name; a name of a newer schema has none here.</summary>
    private static ulong? Number(ColumnDefinition column, object value)
    {
        if (column.Vocabulary is { } vocabulary) return vocabulary.TryNumberOf((string)value, out var number) ? number : null;
        return value is bool isTrue ? (isTrue ? 1UL : 0) : Convert.ToUInt64(value, CultureInfo.InvariantCulture);
    }

    /// <summary>What the readers of one file share.</summary>
    private sealed class OpenFile(RunFacts facts, int sources)
    {
        public RunFacts Facts => facts;

        public IntegrityTally Tally { get; } = new();

        public int SourcesLeft { get; set; } = sources;
    }
}
