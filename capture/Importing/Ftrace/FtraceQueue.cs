namespace Tracing.Capture.Importing.Ftrace;

/// <summary>The kernel's object for a queue: whose it is, and which.</summary>
internal sealed class FtraceQueue
{
    private FtraceDevice? device;
    private bool isAmbiguous;

    /// <summary>The kernel's object for its device, null as long as no line had it.</summary>
    public ulong? VirtioDevice { get; set; }

    /// <summary>Its number, null as long as no line had it.</summary>
    public ushort? Number { get; set; }

    /// <summary>The device for which memory was mapped while buffers were added to it; null if there was none, or several.</summary>
    public FtraceDevice? Device => isAmbiguous ? null : device;

    /// <summary>Memory was mapped for a device while buffers were added to it.</summary>
    public void IsSeenWith(FtraceDevice seen)
    {
        isAmbiguous |= device is not null && device != seen;
        device = seen;
    }
}
