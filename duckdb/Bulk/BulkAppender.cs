using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>Adds chunks to the end of a table.</summary>
public sealed class BulkAppender : IDisposable
{
    private readonly DuckDBAppender appender;

    private BulkAppender(DuckDBAppender appender) => this.appender = appender;

    /// <summary>Opens a table of the current schema.</summary>
    /// <param name="connection">The connection: <c>DuckDBConnection.NativeConnection</c>.</param>
    /// <param name="table">The table's name.</param>
    /// <exception cref="InvalidOperationException">DuckDB refuses; the message says why.</exception>
    public static BulkAppender Open(DuckDBNativeConnection connection, string table)
    {
        var state = NativeMethods.Appender.DuckDBAppenderCreateExt(
            connection, null, null, table, out var appender);
        var opened = new BulkAppender(appender);
        if (!state.IsSuccess())
        {
            using (opened)
            {
                throw opened.Failure($"opening the table '{table}'");
            }
        }

        return opened;
    }

    /// <summary>Adds the rows of a chunk and clears it.</summary>
    /// <param name="chunk">The chunk; its columns are those of the table.</param>
    /// <exception cref="InvalidOperationException">DuckDB refuses; the message says why.</exception>
    public void Append(BulkChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        Check(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk.Chunk), "adding a chunk");
        chunk.Clear();
    }

    /// <summary>Hands what was added to the table, so that others see it.</summary>
    /// <exception cref="InvalidOperationException">DuckDB refuses; the message says why.</exception>
    public void Flush() => Check(NativeBulk.AppenderFlush(appender), "flushing");

    /// <summary>
    /// Flushes and ends it. Call it before <see cref="Dispose"/>, which cannot report a failure.
    /// </summary>
    /// <exception cref="InvalidOperationException">DuckDB refuses; the message says why.</exception>
    public void Close() => Check(NativeMethods.Appender.DuckDBAppenderClose(appender), "closing");

    /// <inheritdoc />
    public void Dispose() => appender.Dispose();

    private void Check(DuckDBState state, string doing)
    {
        if (!state.IsSuccess())
        {
            throw Failure(doing);
        }
    }

    private InvalidOperationException Failure(string doing)
    {
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(appender);
        return new InvalidOperationException($"DuckDB's appender failed while {doing}: {error.Message}");
    }
}
