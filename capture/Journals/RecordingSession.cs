using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>A run being recorded: a folder of journals, one per source, then one Parquet file.</summary>
public sealed class RecordingSession : IDisposable
{
    private readonly RunFacts facts;
    private readonly int segmentBytes;
    private readonly Lock gate = new();
    private readonly List<IJournal> journals = [];

    /// <summary>Begins a recording.</summary>
    /// <param name="folder">Where its journals go; created if it does not exist.</param>
    /// <param name="facts">The run's facts.</param>
    /// <param name="segmentBytes">How much a journal grows at a time.</param>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public RecordingSession(string folder, RunFacts facts, int segmentBytes = SegmentSize.DefaultBytes)
    {
        Folder = folder;
        this.facts = facts;
        this.segmentBytes = segmentBytes;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Where the journals are.</summary>
    public string Folder { get; }

    /// <summary>How many events each source has by now. Any thread may ask.</summary>
    public IReadOnlyList<(string Source, ulong Events)> Progress
    {
        get
        {
            lock (gate) return [.. journals.Select(journal => (journal.Header.Source.Name, journal.Count))];
        }
    }

    /// <summary>Opens a source.</summary>
    /// <typeparam name="TClock">The source's clock.</typeparam>
    /// <param name="source">What it is; its name becomes the journal's.</param>
    /// <param name="clock">The clock itself.</param>
    /// <exception cref="IOException">There is no room for its journal.</exception>
    public IEventSink AddSource<TClock>(SourceFacts source, TClock clock)
        where TClock : struct, IClock
    {
        var path = Path.Combine(Folder, source.Name + JournalFormat.Extension);
        var journal = new JournalWriter<TClock>(path, facts with { Sources = [source] }, clock, segmentBytes);
        lock (gate) journals.Add(journal);
        return journal;
    }

    /// <summary>Ends the recording: the journals get their end marks.</summary>
    public void Complete()
    {
        lock (gate)
        {
            foreach (var journal in journals) journal.Complete();
        }
    }

    /// <summary>Lets go of the journals; those not completed stay marked as such.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var journal in journals) journal.Dispose();
        }
    }
}
