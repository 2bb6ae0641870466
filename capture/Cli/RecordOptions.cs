using Tracing.Capture.Recording;

namespace Tracing.Capture.Cli;

/// <summary>What <c>capture record</c> was asked to do.</summary>
/// <param name="Request">What to record.</param>
/// <param name="Target">The Parquet file.</param>
/// <param name="KeepJournals">Whether the journals stay when the file is written.</param>
/// <param name="ProgressTo">A file or pipe that gets the counts of events, or null.</param>
internal sealed record RecordOptions(RecordingRequest Request, string Target, bool KeepJournals, string? ProgressTo);
