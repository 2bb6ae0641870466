namespace Tracing.Analysis.Findings;

/// <summary>Why a rule is inconclusive that was judged.</summary>
/// <param name="Reason">In one line.</param>
public sealed record Doubt(string Reason)
{
    /// <summary>What may be the reason of a thing that is unknown although no event is missing, as the rule's examples have it.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>The event of the first such thing, as text; null where it has none.</summary>
    public string? First { get; init; }

    /// <summary>The command that shows them; null where every one of them is unknown for lost events alone.</summary>
    public string? Reproducer { get; init; }
}
