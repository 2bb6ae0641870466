using Tracing.Analysis.Catalog;

namespace Tracing.Analysis.Checking;

/// <summary>Rules as views: <c>analyzer sql</c> offers each under a name of its own.</summary>
internal static class RuleView
{
    /// <summary>"SWIOTLB-003b" is <c>rule_swiotlb_003b</c>.</summary>
    public static string NameOf(Rule rule)
        => "rule_" + string.Concat(rule.Id.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
