using System.Data.Common;
using System.Text.RegularExpressions;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Outside;

/// <summary>Runs a query of the user's in the child process and prints its rows.</summary>
internal static partial class OutsideQuery
{
    public static void Run(RunSession session, QueryCatalog catalog, string query, string format, Stream output, CancellationToken token)
    {
        OfferViews(session, catalog, query, token);
        var text = query.Trim().TrimEnd(';').TrimEnd();
        // EXPLAIN is ours to prepend: EXPLAIN ANALYZE COPY has the type EXPLAIN, and copies.
        var match = Explain().Match(text);
        text = text[match.Length..];
        var explain = !match.Success ? "" : match.Groups["analyze"].Success ? "explain analyze " : "explain ";
        SelectGuard.Check(session.Database, text);
        if (format == "parquet" && explain.Length == 0) ParquetRows.Write(session.Database, text, output, token);
        else RowPrinter.Print(session.Database, explain + text, format, output, token);
    }

    /// <summary>Makes the views that the text speaks of: all of them would take longer than most queries.</summary>
    private static void OfferViews(RunSession session, QueryCatalog catalog, string query, CancellationToken token)
    {
        var words = Word().Matches(query).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rules = catalog.Rules.Where(rule => words.Contains(RuleView.NameOf(rule))).ToList();
        try
        {
            session.Require(catalog.Views.Select(view => view.Name).Where(words.Contains).Concat(rules.SelectMany(rule => rule.Uses)), token);
            foreach (var rule in rules)
            {
                if (rule.IsOutside) SelectGuard.Check(session.Database, rule.Body);
                session.Database.Execute($"create temporary view {RuleView.NameOf(rule)} as\n{rule.Body}", token);
            }
        }
        catch (DbException exception)
        {
            throw new RefusedException($"a view that the query names cannot be made: {Printable.FirstLine(exception.Message)}");
        }
    }

    [GeneratedRegex(@"^explain\s+(?<analyze>analyze\s+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Explain();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
