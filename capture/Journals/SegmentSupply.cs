using Microsoft.Win32.SafeHandles;

namespace Tracing.Journals;

/// <summary>
/// Keeps one segment ready ahead of the writer and closes the ones behind it, on a thread of its own.
/// </summary>
internal sealed class SegmentSupply : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly long firstOffset;
    private readonly int segmentBytes;
    private readonly Lock gate = new();
    private readonly Queue<(MappedSegment Segment, int Records)> full = new();
    private readonly AutoResetEvent work = new(initialState: true);
    private readonly ManualResetEventSlim settled = new(initialState: false);
    private readonly Thread keeper;
    private MappedSegment? ready;
    private string? failure;
    private int prepared;
    private bool stopping;

    /// <summary>Allocates the first segment and starts to prepare the second.</summary>
    /// <exception cref="IOException">There is no room for the first.</exception>
    public SegmentSupply(SafeFileHandle file, long firstOffset, int segmentBytes)
    {
        this.file = file;
        this.firstOffset = firstOffset;
        this.segmentBytes = segmentBytes;
        First = Prepare();
        keeper = new Thread(Keep) { IsBackground = true, Name = "journal segments" };
        keeper.Start();
    }

    /// <summary>The segment that the writer begins with.</summary>
    public MappedSegment First { get; }

    /// <summary>Why there are no more segments; null as long as there are.</summary>
    public string? Failure
    {
        get
        {
            lock (gate) return failure;
        }
    }

    /// <summary>
    /// The next segment in exchange for a full one; null if there is none, and then the full one stays the writer's.
    /// Waits only while the next segment is being prepared, which began when the writer got its present one.
    /// </summary>
    public MappedSegment? Exchange(MappedSegment present, int records)
    {
        settled.Wait();
        lock (gate)
        {
            if (ready is not { } next) return null;
            ready = null;
            full.Enqueue((present, records));
            settled.Reset();
            work.Set();
            return next;
        }
    }

    /// <summary>Closes everything; <paramref name="last"/> is the writer's present segment.</summary>
    /// <returns>The file's length without what was prepared and not used.</returns>
    public long Finish(MappedSegment last, int records)
    {
        Stop();
        last.Close(records);
        last.Dispose();
        var used = prepared;
        if (ready is not null)
        {
            used--;
            ready.Dispose();
            ready = null;
        }

        return firstOffset + ((long)used * segmentBytes);
    }

    /// <summary>Stops without closing the writer's present segment, as if the process had been killed.</summary>
    public void Dispose()
    {
        Stop();
        ready?.Dispose();
        ready = null;
        work.Dispose();
        settled.Dispose();
    }

    private void Stop()
    {
        lock (gate) stopping = true;
        work.Set();
        keeper.Join();
    }

    private void Keep()
    {
        while (true)
        {
            work.WaitOne();
            PrepareNext();
            while (TakeFull() is var (segment, records))
            {
                segment.Close(records);
                segment.Dispose();
            }

            lock (gate)
            {
                if (stopping && full.Count == 0) return;
            }
        }
    }

    private (MappedSegment Segment, int Records)? TakeFull()
    {
        lock (gate) return full.TryDequeue(out var entry) ? entry : null;
    }

    private void PrepareNext()
    {
        lock (gate)
        {
            if (ready is not null || failure is not null || stopping) return;
        }

        MappedSegment? next = null;
        string? reason = null;
        try
        {
            next = Prepare();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            reason = exception.Message;
        }

        lock (gate) (ready, failure) = (next, reason);
        settled.Set();
    }

    private MappedSegment Prepare()
    {
        var segment = new MappedSegment(file, firstOffset + ((long)prepared * segmentBytes), prepared, segmentBytes);
        prepared++;
        return segment;
    }
}
