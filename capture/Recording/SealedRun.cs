using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>A run that was sealed.</summary>
/// <param name="Path">The Parquet file.</param>
/// <param name="Facts">What it says of itself.</param>
/// <param name="Losses">How many of its events are losses.</param>
public sealed record SealedRun(string Path, RunFacts Facts, ulong Losses)
{
    /// <summary>How many events it has.</summary>
    public ulong Events => Facts.Integrity?.Rows ?? 0;

    /// <summary>Whether nothing is missing: no loss, and the recording came to its end.</summary>
    public bool IsWhole => Losses == 0 && Facts.Complete;
}
