using DuckDB.NET.Native;
using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Lets one SELECT pass and nothing else: a COPY may overwrite the very input, whatever the instance forbids.</summary>
internal static class SelectGuard
{
    /// <summary>Prepares the text alone and looks at what it is.</summary>
    /// <exception cref="RefusedException">It is no SQL, not one statement, or no SELECT.</exception>
    public static void Check(Database database, string text)
    {
        IReadOnlyList<DuckDBStatementType> kinds;
        try
        {
            kinds = SqlText.Kinds(database.Connection.NativeConnection, text);
        }
        catch (FormatException exception)
        {
            throw new RefusedException(Printable.FirstLine(exception.Message));
        }

        if (kinds.Count != 1) throw new RefusedException($"expected one statement, got {kinds.Count}");
        if (kinds[0] != DuckDBStatementType.Select)
            throw new RefusedException($"expected a SELECT, got a statement of the kind {kinds[0].ToString().ToUpperInvariant()}");
    }
}

/// <summary>Text from outside that does not run here. The message is one line.</summary>
internal sealed class RefusedException(string message) : Exception(message);
