using Tracing.Analysis.Catalog;
using Tracing.Schemas;

namespace Tracing.Analysis.Findings;

/// <summary>The report over all runs of a check.</summary>
/// <param name="Runs">Each run by itself: no rule sees two.</param>
/// <param name="ExitCode">What the program ends with.</param>
public sealed record Report(IReadOnlyList<RunReport> Runs, ExitCode ExitCode);

/// <summary>The report over one run.</summary>
public sealed record RunReport
{
    /// <summary>The files, in the order of their parts.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What the run says of itself.</summary>
    public required RunFacts Facts { get; init; }

    /// <summary>How many events it holds.</summary>
    public required ulong Events { get; init; }

    /// <summary>How often a driver set DRIVER_OK; null if that is not known.</summary>
    public ulong? Epochs { get; init; }

    /// <summary>The profile by which it was judged.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The exemption variant by which it was judged.</summary>
    public required string Exemption { get; init; }

    /// <summary>Whether its integrity was checked: false if the file carries none.</summary>
    public required bool IsIntegrityChecked { get; init; }

    /// <summary>What the reader should know first: a profile that contradicts the run's, integrity that is missing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where events are missing.</summary>
    public IReadOnlyList<LossReport> Losses { get; init; } = [];

    /// <summary>How many losses there are.</summary>
    public ulong LossCount { get; init; }

    /// <summary>Every selected rule, in the order of the catalogue.</summary>
    public required IReadOnlyList<RuleResult> Results { get; init; }
}

/// <summary>A place where events are missing.</summary>
/// <param name="Source">Whose events.</param>
/// <param name="After">They lie behind this sequence.</param>
/// <param name="Before">And before this one; null = the recording ends.</param>
/// <param name="Count">How many; null = unknown.</param>
/// <param name="Reason">Why.</param>
public sealed record LossReport(string Source, ulong After, ulong? Before, ulong? Count, string Reason);
