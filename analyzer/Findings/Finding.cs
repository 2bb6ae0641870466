namespace Tracing.Analysis.Findings;

/// <summary>A violation, with all that a reader needs to see it.</summary>
public sealed record Finding
{
    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>What was judged.</summary>
    public required JudgedThing Thing { get; init; }

    /// <summary>The rule's message with its placeholders filled in; safe to print.</summary>
    public required string Message { get; init; }

    /// <summary>Who is at fault: driver, device, platform.</summary>
    public required string AtFault { get; init; }

    /// <summary>"negotiated", "declared, not negotiated" and the like where the rule says how the confinement came about.</summary>
    public string? Confinement { get; init; }

    /// <summary>The event at the anchor, in event text.</summary>
    public string? Access { get; init; }

    /// <summary>The event that it conflicts with, in event text.</summary>
    public string? ConflictsWith { get; init; }

    /// <summary>The command that shows the row again.</summary>
    public required string Reproducer { get; init; }
}
