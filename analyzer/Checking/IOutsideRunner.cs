using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Checking;

/// <summary>Judges rules from outside, away from this process.</summary>
internal interface IOutsideRunner
{
    /// <summary>Judges one rule. Never throws for anything that the rule does.</summary>
    OutsideJudgement Judge(Rule rule, Run run, RunContext context, CheckOptions options, CancellationToken token);
}

/// <summary>What came of a rule from outside.</summary>
/// <param name="Judgement">What it gave; empty if it failed.</param>
/// <param name="Failure">Whether and how it failed.</param>
/// <param name="Reason">Why, in one line.</param>
internal sealed record OutsideJudgement(Judgement Judgement, Failure Failure = Failure.None, string? Reason = null)
{
    public RuleResult ApplyTo(RuleResult result) => result with { Judgement = Judgement, Failure = Failure, Reason = Reason };
}
