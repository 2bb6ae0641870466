namespace Tracing.Analysis.Findings;

/// <summary>What can be said of a rule in a run, from best to worst.</summary>
public enum Verdict
{
    /// <summary>Everything judged is as the rule says, and something was judged.</summary>
    Holds,

    /// <summary>There was nothing to judge.</summary>
    Vacuous,

    /// <summary>Something cannot be known from this recording.</summary>
    Inconclusive,

    /// <summary>Something breaks the rule.</summary>
    Violated,
}

/// <summary>How many things were judged, and how.</summary>
/// <param name="Violated">Things that break the rule.</param>
/// <param name="Held">Things that are as the rule says.</param>
/// <param name="Unknown">Things of which it cannot be known.</param>
public readonly record struct Count(ulong Violated, ulong Held, ulong Unknown)
{
    /// <summary>The verdict over these things.</summary>
    public Verdict Verdict => this switch
    {
        { Violated: > 0 } => Verdict.Violated,
        { Unknown: > 0 } => Verdict.Inconclusive,
        { Held: > 0 } => Verdict.Holds,
        _ => Verdict.Vacuous,
    };

    /// <summary>Everything judged.</summary>
    public ulong Total => Violated + Held + Unknown;

    /// <summary>Both counts together.</summary>
    public static Count operator +(Count left, Count right)
        => new(left.Violated + right.Violated, left.Held + right.Held, left.Unknown + right.Unknown);

    /// <summary>Both counts together.</summary>
    public static Count Add(Count left, Count right) => left + right;
}

/// <summary>The count of one queue of one device; null = the rule names none.</summary>
/// <param name="Device">The device.</param>
/// <param name="Queue">The virtqueue.</param>
/// <param name="Count">Its count.</param>
public sealed record GroupCount(int? Device, int? Queue, Count Count);
