using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>Looks at SQL without running it.</summary>
public static class SqlText
{
    /// <summary>
    /// Prepares every statement of a text and says what each would do. Nothing runs; names and types
    /// resolve against the connection. A statement that needs an earlier one of the same text to have
    /// run is refused; so is PIVOT without IN, which DuckDB splits into several.
    /// </summary>
    /// <param name="connection">The connection: <c>DuckDBConnection.NativeConnection</c>.</param>
    /// <param name="sql">The text.</param>
    /// <returns>One kind per statement; none when the text is empty.</returns>
    /// <exception cref="FormatException">DuckDB refuses; the message is DuckDB's.</exception>
    public static IReadOnlyList<DuckDBStatementType> Kinds(DuckDBNativeConnection connection, string sql)
    {
        var count = NativeMethods.ExtractStatements.DuckDBExtractStatements(
            connection, sql, out var statements);
        using (statements)
        {
            var error = count > 0
                ? null
                : NativeMethods.ExtractStatements.DuckDBExtractStatementsError(statements);
            if (!string.IsNullOrEmpty(error))
            {
                throw new FormatException(error);
            }

            var kinds = new DuckDBStatementType[count];
            for (var index = 0; index < count; index++)
            {
                kinds[index] = Kind(connection, statements, index);
            }

            return kinds;
        }
    }

    private static DuckDBStatementType Kind(
        DuckDBNativeConnection connection, DuckDBExtractedStatements statements, int index)
    {
        var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(
            connection, statements, index, out var statement);
        using (statement)
        {
            return state.IsSuccess()
                ? NativeBulk.PreparedStatementType(statement)
                : throw new FormatException(
                    NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        }
    }
}
