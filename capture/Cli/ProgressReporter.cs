using System.Globalization;
using System.Text;
using Tracing.Journals;

namespace Tracing.Capture.Cli;

/// <summary>
/// Tells how far a recording is, several times a second: to a person on a terminal, and to a program through a file or
/// pipe. A count is told only when its events are in the journal.
/// </summary>
internal sealed class ProgressReporter : IDisposable
{
    private static readonly TimeSpan period = TimeSpan.FromMilliseconds(20);
    private readonly RecordingSession session;
    private readonly TextWriter? terminal;
    private readonly FileStream? file;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private string told = "";
    private bool ended;

    /// <param name="session">The recording.</param>
    /// <param name="file">The file or pipe, or null.</param>
    /// <param name="error">Where talk goes; used only if it is a terminal.</param>
    public ProgressReporter(RecordingSession session, FileStream? file, TextWriter error)
    {
        this.session = session;
        this.file = file;
        terminal = Console.IsErrorRedirected || error != Console.Error ? null : error;
        timer = new Timer(_ => Tell(), null, period, period);
    }

    /// <summary>Opens the file or pipe that is to be told; a pipe waits until somebody listens.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileStream Open(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Dispose()
    {
        timer.Dispose();
        Tell();
        lock (gate)
        {
            ended = true;
            if (told.Length > 0) terminal?.WriteLine();
        }
    }

    private void Tell()
    {
        lock (gate)
        {
            if (ended) return;
            var line = string.Join(' ', session.Progress.Select(
                entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Source}={entry.Events}")));
            if (line == told) return;
            told = line;
            terminal?.Write($"\r{line}");
            try
            {
                file?.Write(Encoding.UTF8.GetBytes(line + "\n"));
            }
            catch (IOException)
            {
                // Nobody listens any more; the recording goes on.
            }
        }
    }
}
