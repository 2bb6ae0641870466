using Tracing.Capture.Importing.Observed;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>Doorbells whose register write the trace shows: QEMU's own line about them, which follows, tells nothing new.</summary>
internal sealed class QemuDoorbells
{
    private const int Most = 1 << 16;

    private readonly HashSet<(ushort Device, ushort Queue)> rung = [];

    /// <summary>A doorbell was rung by a register write; the low half of the value is the queue (virtio 1.3 §4.1.5.2).</summary>
    public void Rang(ObservedFunction function, ulong value)
    {
        if (rung.Count < Most) rung.Add((function.Device, unchecked((ushort)value)));
    }

    /// <summary>Whether QEMU's line is about a doorbell that was told of; the next one is not.</summary>
    public bool Take(ObservedFunction function, ushort queue) => rung.Remove((function.Device, queue));

    /// <summary>The device was reset: QEMU answers no doorbell from before.</summary>
    public void Forget(ObservedFunction function) => rung.RemoveWhere(known => known.Device == function.Device);
}
