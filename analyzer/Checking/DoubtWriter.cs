using System.Globalization;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Says why a rule that was judged is inconclusive: lost events, or what its own examples call unknown.</summary>
internal static class DoubtWriter
{
    /// <summary>How many causes are named; <c>analyzer explain</c> shows all.</summary>
    private const int MostCauses = 4;

    /// <summary>The doubt about a result, or null where there is none, or where it was not judged.</summary>
    /// <param name="result">The result.</param>
    /// <param name="first">The first unknown thing's event, or null.</param>
    /// <param name="reproducer">The command that shows what is unknown.</param>
    public static Doubt? Of(RuleResult result, EventRow? first, string reproducer)
    {
        var (total, byLoss) = (result.Judgement.Total, result.Judgement.UnknownByLoss);
        if (result.Verdict != Verdict.Inconclusive || result.Failure != Failure.None) return null;
        if (total.Total == 0) return new Doubt("nothing to judge among the events that are left");
        if (total.Unknown == byLoss) return new Doubt("what they judge touches lost events");
        var alsoLost = byLoss == 0 ? "" : $", {Number(byLoss)} of them for lost events";
        return new Doubt($"{Number(total.Unknown)} of {Number(total.Total)} {result.Rule.Judges} cannot be told{alsoLost}")
        {
            Causes = Causes(result.Rule, first),
            First = first is null ? null : FindingWriter.Text(first),
            Reproducer = reproducer,
        };
    }

    /// <summary>The causes that the rule's examples know; those about events like the first unknown one come first.</summary>
    private static List<string> Causes(Rule rule, EventRow? first)
    {
        if (rule.IsOutside) return [];
        var causes = rule.Examples.Where(example => example.Expectation == Expectation.Inconclusive && example.Title.Length > 0)
            .OrderByDescending(example => first is not null && example.Events.Any(row => IsAlike(row, first)))
            .Select(example => Printable.Line(example.Title)).Distinct(StringComparer.Ordinal).ToList();
        return causes.Count <= MostCauses
            ? causes
            : [.. causes.Take(MostCauses - 1), string.Create(CultureInfo.InvariantCulture, $"{causes.Count - MostCauses + 1} more: analyzer explain {rule.Id}")];
    }

    private static bool IsAlike(EventRow one, EventRow other)
        => one.Kind == other.Kind && one[Column.RegisterName] == other[Column.RegisterName] && one[Column.Part] == other[Column.Part];

    private static string Number(ulong number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
