using Tracing.Analysis.Catalog;

namespace Tracing.Analysis.Findings;

/// <summary>Why a rule could not be judged.</summary>
public enum Failure
{
    /// <summary>It was judged.</summary>
    None,

    /// <summary>No source of the run can see what it needs.</summary>
    NotVisible,

    /// <summary>It ran out of time.</summary>
    TimedOut,

    /// <summary>A rule from outside was refused before it ran.</summary>
    Refused,

    /// <summary>A rule from outside failed or died while it ran.</summary>
    Failed,

    /// <summary>A rule of our own failed.</summary>
    Internal,
}

/// <summary>What came of one rule in one run.</summary>
public sealed record RuleResult
{
    /// <summary>The rule.</summary>
    public required Rule Rule { get; init; }

    /// <summary>What its statement gave; empty if it was not judged.</summary>
    public Judgement Judgement { get; init; } = new();

    /// <summary>Why it was not judged.</summary>
    public Failure Failure { get; init; }

    /// <summary>In words why it was not judged; null if it was.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it is inconclusive although it was judged; null if it is not.</summary>
    public Doubt? Doubt { get; init; }

    /// <summary>Whether events are lost that it may rest on.</summary>
    public bool IsTouchedByLoss { get; init; }

    /// <summary>The first violations, in full.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The verdict.</summary>
    public Verdict Verdict => Judgement.Total.Verdict switch
    {
        Verdict.Violated => Verdict.Violated,
        var verdict => Failure != Failure.None || IsTouchedByLoss ? Verdict.Inconclusive : verdict,
    };
}
