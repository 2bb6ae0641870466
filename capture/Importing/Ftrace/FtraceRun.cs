using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>What all lines of a trace have in common: whom they are about, and where their events go.</summary>
internal sealed class FtraceRun
{
    private bool hasBegun;

    /// <summary>The devices that lines tell apart.</summary>
    public FtraceDevices Devices { get; } = new();

    /// <summary>What was traced, as far as lines show.</summary>
    public FtraceCoverage Coverage { get; } = new();

    /// <summary>Where events go.</summary>
    public FtraceOutput Output { get; } = new();

    /// <summary>The time of the line that is being read.</summary>
    public long Time { get; set; } = EventRecord.UnknownTime;

    /// <summary>A driver did something. Where the first of that is a reset, no device was in use before.</summary>
    public void Begin(bool withReset)
    {
        if (hasBegun) return;
        hasBegun = true;
        Devices.AreAllKnown = withReset;
    }

    /// <summary>A record of the line's thread that waits for nothing.</summary>
    public static EventRecord Record(EventKind kind, FtraceThread thread, FtraceDevice? device, ushort? queue = null)
        => new(kind, Actor.Driver, thread.Number, device?.Number ?? EventRecord.None, queue ?? EventRecord.None);

    /// <summary>Adds an event of the line.</summary>
    public FtraceWaiting Add(FtraceThread thread, EventRecord record, FtraceConversation? conversation = null)
    {
        if (!thread.IsAnnounced)
        {
            thread.IsAnnounced = true;
            Output.Add(new EventRecord(EventKind.ThreadStarted, Actor.Driver, thread.Number) { Time = Time }, thread.Name);
        }

        record.Time = Time;
        return Output.Add(in record, conversation: conversation);
    }

    /// <summary>Events are missing from here on.</summary>
    public void Lost(ulong? count, string why)
    {
        // What is not there may have been the first of another device.
        hasBegun = true;
        Devices.AreAllKnown = false;
        Output.Add(new EventRecord(EventKind.Loss, Actor.Recorder, thread: 0) { Time = Time, Value = count }, why);
    }

    /// <summary>The kernel maps memory for a device under this name.</summary>
    public void Named(string name, FtraceDevice device, bool isCertain)
    {
        if (!Devices.DmaNameIs(name, device, isCertain)) return;
        var how = isCertain ? "lines say so" : "no other device can be it";
        Output.Add(
            new EventRecord(EventKind.Remark, Actor.Recorder, thread: 0, device.Number) { Time = Time },
            $"the kernel's name of this device is {Printable.Line(name)}: {how}");
    }
}
