using System.CommandLine;

namespace Tracing.Capture.Cli.Live;

/// <summary>Where the recording of something real goes, as all live commands let the user say.</summary>
/// <param name="Target">The Parquet file; null = the journals are all that is made.</param>
/// <param name="JournalFolder">Where the journals go; null = nothing is recorded.</param>
/// <param name="KeepJournals">Whether they stay when the file is written.</param>
/// <param name="ProgressTo">A file or pipe that gets the counts of events, or null.</param>
/// <param name="CommandLine">The command, for the run's facts.</param>
internal sealed record LiveOptions(string? Target, string? JournalFolder, bool KeepJournals, string? ProgressTo, string CommandLine)
{
    private static readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The run's Parquet file, written when the run has ended.",
        HelpName = "RUN.parquet",
    };

    private static readonly Option<string?> journals = new("--keep-journals")
    {
        Description = "Record into this folder, which must be new or empty, and keep the journals; without -o that is all.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> discard = new("--discard")
    {
        Description = "Record nothing: to measure what recording costs.",
    };

    private static readonly Option<string?> progressTo = new("--progress-to")
    {
        Description = "A file or pipe that gets a line 'SOURCE=EVENTS …' whenever there is something new.",
        HelpName = "FILE",
    };

    /// <summary>The options, to be added to a command.</summary>
    public static IReadOnlyList<Option> All { get; } = [output, journals, discard, progressTo];

    /// <summary>What was said.</summary>
    /// <exception cref="UsageException">Neither a file nor a folder was named; or one was, and nothing is to be recorded.</exception>
    public static LiveOptions Of(ParseResult parsed)
    {
        var (target, kept) = (parsed.GetValue(output), parsed.GetValue(journals));
        var discards = parsed.GetValue(discard);
        if (discards && (target ?? kept) is { } named) throw new UsageException($"--discard records nothing that could go to {named}");
        if (!discards && target is null && kept is null)
            throw new UsageException("one of -o RUN.parquet, --keep-journals FOLDER and --discard is required");
        return new LiveOptions(
            target,
            discards ? null : kept ?? JournalPlace.Beside(target!),
            kept is not null,
            parsed.GetValue(progressTo),
            "capture " + string.Join(' ', parsed.Tokens.Select(token => token.Value)));
    }
}
