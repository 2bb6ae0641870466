namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// One execution context: a task, or an interrupt that is served on top of one. What it calls returns in the opposite order, also
/// where the lines do not say that an interrupt came between.
/// </summary>
internal sealed class FtraceThread(ushort number, string name)
{
    private const int MostOpen = 32;
    private const int MostAllocations = 16;

    private readonly List<FtraceOpenCall> open = [];
    private readonly List<(string DmaName, ulong Address)> allocations = [];

    /// <summary>Number in the run.</summary>
    public ushort Number => number;

    /// <summary>The task's name and id.</summary>
    public string Name => name;

    /// <summary>It was said that it begins to record.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Whose registers it accessed last.</summary>
    public FtraceConversation? Conversation { get; set; }

    /// <summary>The queue whose entering call is the line before, null if the line before is about something else.</summary>
    public ulong? QueueJustEntered { get; set; }

    /// <summary>What the function unmaps that the line before is about, null if it is about something else.</summary>
    public ulong? JustUnmapped { get; set; }

    /// <summary>The queue that the line before notified, and the doorbell that was made of it; null if it is about something else.</summary>
    public (ulong Queue, FtraceWaiting Doorbell)? JustNotified { get; set; }

    /// <summary>The line before says that a buffer is about to be mapped.</summary>
    public bool IsBufferAnnounced { get; set; }

    /// <summary>A function is entered. Where nobody records that it returns, the oldest is forgotten some day.</summary>
    public FtraceOpenCall Enter(FtraceCall call)
    {
        if (open.Count == MostOpen) open.RemoveAt(0);
        var entered = new FtraceOpenCall(call);
        open.Add(entered);
        return entered;
    }

    /// <summary>A function returns: how it was entered, or null if no line said so.</summary>
    public FtraceOpenCall? Leave(FtraceCall call)
    {
        var index = open.FindLastIndex(one => one.Call == call);
        if (index < 0) return null;
        var left = open[index];
        // What was entered behind it and has not returned never will: its return is not probed, or was missed.
        open.RemoveRange(index, open.Count - index);
        return left;
    }

    /// <summary>Memory was allocated for a device that the line did not tell.</summary>
    public void Remember(string dmaName, ulong address)
    {
        if (allocations.Count == MostAllocations) allocations.RemoveAt(0);
        allocations.Add((dmaName, address));
    }

    /// <summary>For whom the memory at this address was allocated last, as far as it is remembered; asked once.</summary>
    public string? TakeAllocation(ulong address)
    {
        var name = allocations.FindLast(allocation => allocation.Address == address).DmaName;
        allocations.Clear();
        return name;
    }

    /// <summary>The innermost call of that kind that has not returned, or null.</summary>
    public FtraceOpenCall? Inside(FtraceCall call) => open.FindLast(one => one.Call == call);
}
