using DuckDB.NET.Data;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>Writes a run's Parquet file through DuckDB, in one pass and bounded memory.</summary>
internal static class RunFile
{
    /// <summary>Measured: larger groups save a tenth of the file, but a reader's and our memory grow with them.</summary>
    private const int RowGroupRows = 122_880 * 4;

    /// <summary>Writes the file; it must not be anybody's yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">The run's facts, with all its sources; what only the rows tell is filled in.</param>
    /// <param name="fill">Gives the next rows; 0 at the end.</param>
    /// <param name="finish">The facts as they turned out, given the checks over all rows.</param>
    /// <param name="token">Stops writing.</param>
    public static void Write(
        string path, RunFacts facts, Func<EventBatch, int> fill, Func<Integrity, RunFacts> finish, CancellationToken token)
    {
        var table = new EventTable([.. facts.Sources.Select(source => source.Name)]);
        var reserved = LateMetadata.Reserve(Largest(facts));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Run(connection, "SET temp_directory = ''");
        Run(connection, "SET preserve_insertion_order = true");
        var batch = new EventBatch(BulkChunk.Capacity);
        var source = BulkSource.Register(connection.NativeConnection, "recorded_events", table.Columns, chunk =>
        {
            token.ThrowIfCancellationRequested();
            var count = fill(batch);
            table.Fill(batch, chunk);
            return count;
        });
        try
        {
            Run(connection, CopyStatement(path, reserved));
        }
        catch (DuckDBException) when (source.Failure is not null)
        {
            throw source.Failure is OperationCanceledException
                ? new OperationCanceledException(token)
                : new IOException(source.Failure.Message, source.Failure);
        }
        catch (DuckDBException exception)
        {
            throw new IOException(exception.Message, exception);
        }

        LateMetadata.Settle(path, reserved, finish(table.Integrity()));
    }

    private static string CopyStatement(string path, Dictionary<string, string> metadata)
    {
        var pairs = metadata.Select(entry => $"{Quote(entry.Key)}: {Quote(entry.Value)}");
        return $"COPY (SELECT * FROM recorded_events()) TO {Quote(path)} (FORMAT parquet, PARQUET_VERSION v2, "
            + $"COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE {RowGroupRows}, "
            + $"KV_METADATA {{{string.Join(", ", pairs)}}})";
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Text as a literal. DuckDB's strings hold no zero byte.</summary>
    private static string Quote(string text)
        => $"'{text.Replace("'", "''", StringComparison.Ordinal).Replace('\0', '\ufffd')}'";

    /// <summary>Facts whose late values are as long as any that can come.</summary>
    private static RunFacts Largest(RunFacts facts)
    {
        var names = facts.Sources.Select(source => source.Name).ToArray();
        return facts with
        {
            Sources = [.. facts.Sources.Select(source => source with { Events = ulong.MaxValue })],
            SourceOrder =
            [
                .. names.SelectMany((first, index) => names.Skip(index + 1)
                    .Select(second => new SourceOrder(first, second, "causal", long.MaxValue))),
            ],
            Integrity = new Integrity(
                ulong.MaxValue,
                Columns.All.ToDictionary(column => column.Name, column => Largest(column, names), StringComparer.Ordinal)),
        };
    }

    private static ColumnIntegrity Largest(ColumnDefinition column, string[] sources)
    {
        if (column.Type != ColumnType.Enumeration) return new(ulong.MaxValue, Int128.MinValue.ToString());
        var labels = column.Vocabulary?.Names ?? sources;
        return new(ulong.MaxValue, Values: labels.ToDictionary(label => label, _ => ulong.MaxValue, StringComparer.Ordinal));
    }
}
