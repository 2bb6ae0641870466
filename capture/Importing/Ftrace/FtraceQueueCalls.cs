using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// What the probed functions of drivers/virtio/virtio_ring.c and virtio_pci_common.c tell: which kernel object is which queue of
/// which device, when buffers are added, and doorbells.
/// </summary>
internal sealed class FtraceQueueCalls(FtraceRun run, FtraceMemoryCalls memory)
{
    private const byte DoorbellWidth = 2;
    private const byte WideDoorbellWidth = 4;

    private static readonly string[] queueObjectArgument = ["vq", "_vq"];
    private static readonly string[] deviceArgument = ["vdev"];
    private static readonly string[] queueArgument = ["idx", "index", "queue"];
    private static readonly string[] resultArgument = ["ret", "retval", "arg1"];

    /// <summary>Whether this is a function that deals with queues.</summary>
    public static bool Knows(FtraceCall call) => call is >= FtraceCall.FilterFeatures and <= FtraceCall.WriteDoorbell;

    /// <summary>Takes a line about such a function; false if an argument is missing that it takes.</summary>
    public bool Take(FtraceThread thread, FtraceCall call, FtraceProbe probe)
    {
        run.Begin(withReset: false);
        return call switch
        {
            FtraceCall.FilterFeatures => probe.IsReturn || FilterFeatures(thread, probe.Arguments.Number(deviceArgument)),
            FtraceCall.CreateQueue => probe.IsReturn ? Created(thread, probe) : Creates(thread, probe),
            FtraceCall.AddBuffers => probe.IsReturn ? Added(thread) : Adds(thread, probe),
            FtraceCall.MapBuffer => probe.IsReturn ? BufferMapped(thread, probe) : MapsBuffer(thread, probe),
            _ => probe.IsReturn || Notifies(thread, call, probe),
        };
    }

    private static ushort? Narrow(ulong? number) => number is < EventRecord.None ? (ushort)number : null;

    /// <summary>The ring code looks at the features in the function that writes them, on the same thread.</summary>
    private bool FilterFeatures(FtraceThread thread, ulong? pointer)
    {
        if (pointer is not { } known) return false;
        if (thread.Conversation is not { IsOver: false } conversation) return true;
        conversation.VirtioDevice = known;
        if (conversation.Device is { } device) run.Devices.VirtioDeviceIs(known, device);
        else conversation.Device = run.Devices.OfVirtioDevice(known);
        return true;
    }

    private static bool Creates(FtraceThread thread, FtraceProbe probe)
    {
        var entered = thread.Enter(FtraceCall.CreateQueue);
        (entered.VirtioDevice, entered.Queue) = (probe.Arguments.Number(deviceArgument), Narrow(probe.Arguments.Number(queueArgument)));
        return true;
    }

    private bool Created(FtraceThread thread, FtraceProbe probe)
    {
        var pointer = probe.Arguments.Number(queueObjectArgument) ?? probe.Arguments.Number(resultArgument);
        var left = thread.Leave(FtraceCall.CreateQueue);
        if (pointer is not { } made) return false;
        if (made != 0) run.Devices.QueueIs(made, left?.VirtioDevice, left?.Queue);
        return true;
    }

    private bool Adds(FtraceThread thread, FtraceProbe probe)
    {
        if (QueueOf(probe) is not { } pointer) return false;
        run.Coverage.Told(FtraceCall.AddBuffers);
        thread.Enter(FtraceCall.AddBuffers).QueueObject = pointer;
        thread.QueueJustEntered = pointer;
        return true;
    }

    private bool Added(FtraceThread thread)
    {
        memory.SeesEndOfAdding = true;
        thread.Leave(FtraceCall.AddBuffers);
        return true;
    }

    private bool MapsBuffer(FtraceThread thread, FtraceProbe probe)
    {
        run.Coverage.Told(FtraceCall.MapBuffer);
        var entered = thread.Enter(FtraceCall.MapBuffer);
        (entered.QueueObject, entered.Length) = (QueueOf(probe), probe.Arguments.Number("len", "length", "size"));
        entered.Direction = FtraceMemoryCalls.DirectionOf(probe.Arguments.Number("dir", "direction"));
        thread.IsBufferAnnounced = true;
        return true;
    }

    private bool BufferMapped(FtraceThread thread, FtraceProbe probe)
    {
        var left = thread.Leave(FtraceCall.MapBuffer);
        if (left is null || left.IsTold) return true;
        return probe.Arguments.Number("dma", "ret", "retval", "arg1") is { } address && memory.PassedUnmapped(thread, left, address);
    }

    /// <summary>
    /// The function that a driver calls, and the one of virtio-pci that writes the doorbell: where both are probed they are one.
    /// Compilers often leave no trace of the first. The queue's number is written (virtio 1.3 §4.1.5.2), and where
    /// NOTIFICATION_DATA was negotiated more than that, which no line shows.
    /// </summary>
    private bool Notifies(FtraceThread thread, FtraceCall call, FtraceProbe probe)
    {
        if (QueueOf(probe) is not { } pointer) return false;
        run.Coverage.Told(call);
        var queue = run.Devices.Queue(pointer);
        var owner = run.Devices.OwnerOrNew(queue);
        var number = run.Devices.NumberOf(queue);
        var before = thread.JustNotified;
        var doorbell = call == FtraceCall.WriteDoorbell && before is { } last && last.Queue == pointer
            ? last.Doorbell
            : run.Add(thread, FtraceRun.Record(EventKind.Doorbell, thread, owner, number));
        if (call == FtraceCall.WriteDoorbell)
        {
            var isWide = probe.Function == "vp_notify_with_data";
            doorbell.Written(isWide ? WideDoorbellWidth : DoorbellWidth, isWide ? null : number);
            return true;
        }

        if (before is { } other) other.Doorbell.IsOpen = false;
        doorbell.IsOpen = true;
        thread.JustNotified = (pointer, doorbell);
        return true;
    }

    /// <summary>The queue's object; what else the line says of it is remembered.</summary>
    private ulong? QueueOf(FtraceProbe probe)
    {
        if (probe.Arguments.Number(queueObjectArgument) is not { } pointer || run.Devices.Queue(pointer) is not { } queue) return null;
        queue.VirtioDevice = probe.Arguments.Number(deviceArgument) ?? queue.VirtioDevice;
        queue.Number = Narrow(probe.Arguments.Number(queueArgument)) ?? queue.Number;
        return pointer;
    }
}
