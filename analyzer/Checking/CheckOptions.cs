using Tracing.Analysis.Catalog;

namespace Tracing.Analysis.Checking;

/// <summary>What a check is asked for.</summary>
public sealed record CheckOptions
{
    /// <summary>Files, globs and folders.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Globs of the rules to judge; empty = all.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Globs of the rules not to judge.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Globs of the rules that must hold on something.</summary>
    public IReadOnlyList<string> Require { get; init; } = [];

    /// <summary>The profile to judge by; null = the run's.</summary>
    public string? Profile { get; init; }

    /// <summary>The exemption variant; null = the profile's.</summary>
    public string? Exemption { get; init; }

    /// <summary>The least level that makes the check fail; null = never.</summary>
    public Level? FailOn { get; init; } = Level.Must;

    /// <summary>Whether a MUST rule that says nothing makes the check inconclusive.</summary>
    public bool IsStrict { get; init; }

    /// <summary>How long one rule may take; null = as long as it takes, or two minutes for a rule from outside.</summary>
    public TimeSpan? Timeout { get; init; }
}
