namespace Tracing.Analysis.Findings;

/// <summary>What a rule's statement gave: counts of everything, and the first things that it found violated.</summary>
public sealed record Judgement
{
    /// <summary>The counts by device and queue.</summary>
    public IReadOnlyList<GroupCount> Groups { get; init; } = [];

    /// <summary>How many things are unknown only since they touch a loss.</summary>
    public ulong UnknownByLoss { get; init; }

    /// <summary>The anchor of the first unknown thing.</summary>
    public ulong? FirstUnknown { get; init; }

    /// <summary>The first violated things, by sequence.</summary>
    public IReadOnlyList<JudgedThing> FirstViolated { get; init; } = [];

    /// <summary>Everything together.</summary>
    public Count Total => Groups.Aggregate(default(Count), (sum, group) => sum + group.Count);
}

/// <summary>One thing that a rule judged.</summary>
/// <param name="Sequence">Its anchor.</param>
/// <param name="Since">The earliest event that the judgement rests on.</param>
/// <param name="Device">Whose it is.</param>
/// <param name="Queue">Which queue's it is.</param>
/// <param name="Columns">All columns of its row but these four and <c>violated</c>; numbers in decimal.</param>
public sealed record JudgedThing(ulong? Sequence, ulong? Since, int? Device, int? Queue, IReadOnlyDictionary<string, string?> Columns);
