using System.CommandLine;

namespace Tracing.Capture.Cli.Live;

/// <summary>Where the recording of something real goes, as all live commands let the user say.</summary>
/// <param name="Target">The Parquet file; null = the journals are all that is made.</param>
/// <param name="JournalFolder">Where the journals go.</param>
/// <param name="KeepJournals">Whether they stay when the file is written.</param>
/// <param name="ProgressTo">A file or pipe that gets the counts of events, or null.</param>
/// <param name="CommandLine">The command, for the run's facts.</param>
internal sealed record LiveOptions(string? Target, string JournalFolder, bool KeepJournals, string? ProgressTo, string CommandLine)
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

    private static readonly Option<string?> progressTo = new("--progress-to")
    {
        Description = "A file or pipe that gets a line 'SOURCE=EVENTS …' whenever there is something new.",
        HelpName = "FILE",
    };

    /// <summary>The options, to be added to a command.</summary>
    public static IReadOnlyList<Option> All { get; } = [output, journals, progressTo];

    /// <summary>What was said.</summary>
    /// <exception cref="UsageException">Neither a file nor a folder was named.</exception>
    public static LiveOptions Of(ParseResult parsed)
    {
        var (target, kept) = (parsed.GetValue(output), parsed.GetValue(journals));
        if (target is null && kept is null) throw new UsageException("one of -o RUN.parquet and --keep-journals FOLDER is required");
        return new LiveOptions(
            target,
            kept ?? JournalPlace.Beside(target!),
            kept is not null,
            parsed.GetValue(progressTo),
            "capture " + string.Join(' ', parsed.Tokens.Select(token => token.Value)));
    }
}
