using Tracing.Capture.Importing.Observed;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// Queues by QEMU's pointers. What QEMU says of single requests has neither ring index nor address, which is nothing that a
/// rule could judge: it is counted for each queue.
/// </summary>
internal sealed class QemuQueues(ObservationRecorder recorder)
{
    private readonly Dictionary<ulong, Queue> byPointer = [];

    /// <summary>A notification says whose the pointer is; it means the same queue until another one is said to be there.</summary>
    public void Remember(ulong pointer, ObservedFunction function, ushort number)
    {
        if (byPointer.TryGetValue(pointer, out var known) && known.Function == function && known.Number == number) return;
        if (known is not null) Tell(known);
        if (known is not null || byPointer.Count < ushort.MaxValue) byPointer[pointer] = new Queue(function, number);
    }

    /// <summary>The device interrupts for the queue.</summary>
    public bool Notified(ulong pointer)
    {
        if (!byPointer.TryGetValue(pointer, out var queue)) return false;
        recorder.Interrupt(queue.Function, queue.Number);
        return true;
    }

    /// <summary>The device took a chain.</summary>
    public bool Popped(ulong pointer)
    {
        if (!byPointer.TryGetValue(pointer, out var queue)) return false;
        queue.Popped++;
        return true;
    }

    /// <summary>The device gave a chain back.</summary>
    public bool GivenBack(ulong pointer)
    {
        if (!byPointer.TryGetValue(pointer, out var queue)) return false;
        queue.GivenBack++;
        return true;
    }

    /// <summary>The log has ended: what was counted.</summary>
    public void Conclude()
    {
        foreach (var queue in byPointer.Values.OrderBy(queue => queue.Function.Device).ThenBy(queue => queue.Number)) Tell(queue);
    }

    private void Tell(Queue queue)
    {
        if (queue.Popped + queue.GivenBack == 0) return;
        recorder.Remark(
            queue.Function, queue.Number, queue.Popped,
            $"the device took {queue.Popped} chains and gave {queue.GivenBack} back; which ones, and where they lie, QEMU does not say");
    }

    private sealed class Queue(ObservedFunction function, ushort number)
    {
        public ObservedFunction Function => function;

        public ushort Number => number;

        public ulong Popped { get; set; }

        public ulong GivenBack { get; set; }
    }
}
