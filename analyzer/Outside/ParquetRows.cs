using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Outside;

/// <summary>Writes the rows of a SELECT as a Parquet file; DuckDB needs a file for that, the reader a stream.</summary>
internal static class ParquetRows
{
    /// <summary>The text has passed <see cref="SelectGuard"/>: inside the parentheses it is one SELECT or no SQL.</summary>
    public static void Write(Database database, string select, Stream output, CancellationToken token)
    {
        database.Execute($"copy (\n{select}\n) to {Sql.Text(database.ScratchFile)} (format parquet, compression zstd)", token);
        using var rows = File.OpenRead(database.ScratchFile);
        rows.CopyTo(output);
    }
}
