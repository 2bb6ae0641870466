using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>A journal that is being written: what a recording needs to know besides putting events into it.</summary>
public interface IJournal : IEventSink, IDisposable
{
    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>What it says of itself.</summary>
    JournalHeader Header { get; }

    /// <summary>
    /// How many events it holds. What is counted survives the death of this process. Any thread may ask.
    /// </summary>
    ulong Count { get; }

    /// <summary>How many events it could not keep. Any thread may ask.</summary>
    ulong Lost { get; }

    /// <summary>Ends the recording: closes the segments and sets the end mark.</summary>
    void Complete();
}
