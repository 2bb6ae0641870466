namespace Tracing.Capture.Importing.Ftrace;

/// <summary>A virtio device of the traced kernel, as far as lines tell it from the others.</summary>
internal sealed class FtraceDevice(ushort number)
{
    private readonly HashSet<ushort> queues = [];

    /// <summary>Number in the run.</summary>
    public ushort Number => number;

    /// <summary>What the kernel calls it where it maps memory, null before that was found out.</summary>
    public string? DmaName { get; set; }

    /// <summary>Whether it was found out by what stands in the lines; by elimination otherwise.</summary>
    public bool IsNameCertain { get; set; }

    /// <summary>Its driver accepted ACCESS_PLATFORM, without which Linux maps nothing for a virtio device.</summary>
    public bool IsMappedFor { get; set; }

    /// <summary>Queues have addresses: buffers may be added.</summary>
    public bool HasQueues => queues.Count > 0;

    /// <summary>The one queue that was ever given addresses, null if there are none or several.</summary>
    public ushort? OnlyQueue => queues.Count == 1 ? queues.First() : null;

    /// <summary>A queue was given addresses.</summary>
    public void AddQueue(ushort queue) => queues.Add(queue);
}
