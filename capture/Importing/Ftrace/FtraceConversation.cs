namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// What one thread says to one device's registers, one access after the other. A driver probes a device on one thread, and device
/// status tells where the next device begins: no bit of it is cleared without a reset.
/// </summary>
internal sealed class FtraceConversation
{
    private const ulong DriverOk = 4;
    private const ulong FeaturesOk = 8;
    private const ulong NeedsReset = 64;

    private ulong? status;
    private bool isWritten;
    private bool hasReadZero;

    /// <summary>The device, null as long as nothing tells it.</summary>
    public FtraceDevice? Device { get; set; }

    /// <summary>The kernel's object for the device's registers, null as long as no line had it.</summary>
    public ulong? Registers { get; set; }

    /// <summary>The kernel's object for the device, null as long as no line had it.</summary>
    public ulong? VirtioDevice { get; set; }

    /// <summary>It is over, or has lasted for too long: nothing more will tell whose it is.</summary>
    public bool IsOver { get; set; }

    /// <summary>The driver has set DRIVER_OK here and not read device status since: it is still in the function that probes the device.</summary>
    public bool IsProbing => !IsOver && isWritten && (status & DriverOk) != 0;

    /// <summary>Features are agreed on here, and DRIVER_OK is not yet set: queues are being made.</summary>
    public bool IsSettingUp => !IsOver && (status & FeaturesOk) != 0 && (status & DriverOk) == 0;

    /// <summary>Whether an access to device status cannot be of the device that this is about.</summary>
    public bool Contradicts(bool isWrite, ulong value)
    {
        if (isWrite && value == 0) return true;
        if (status is not { } before) return false;
        if (isWrite) return (value & before) != before;
        if (before == 0) return hasReadZero && value != 0;
        var mayLack = isWritten ? FeaturesOk : 0;
        return (before & ~value & ~mayLack) != 0 || (value & ~before & ~NeedsReset) != 0;
    }

    /// <summary>Remembers device status.</summary>
    public void StatusIs(bool isWrite, ulong value)
    {
        hasReadZero = !isWrite && value == 0;
        (status, isWritten) = (value, isWrite);
    }
}
