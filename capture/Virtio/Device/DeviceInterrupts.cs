using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>How a device notifies its driver, whatever the transport.</summary>
internal interface IDeviceInterrupts
{
    /// <summary>The vector that a driver may map: itself, or none if there is no such vector.</summary>
    ushort VectorFor(ushort requested);

    /// <summary>Notifies of used buffers, or of a configuration change if <paramref name="queue"/> is none.</summary>
    void Signal(ushort queue, ushort vector);

    /// <summary>Notifies although nothing asks for it: a wrong device.</summary>
    void Stray(ushort queue, ushort vector);

    /// <summary>After a reset nothing is signalled any more.</summary>
    void Clear();
}

/// <summary>Interrupts of a function: MSI-X messages where that is on, the INTx pin and the ISR status otherwise.</summary>
internal sealed class DeviceInterrupts(
    MsixTable msix, IInterruptSink sink, DeviceProbes probes, DeviceConduct conduct, IFencedMemory? fenced) : IDeviceInterrupts
{
    private const byte IsrQueue = 1;
    private const byte IsrConfiguration = 2;

    private readonly ushort[] waitingQueue = new ushort[msix.Vectors];
    private byte isr;

    /// <summary>Command register: INTx is off.</summary>
    public bool IsPinDisabled { get; set; }

    /// <summary>The vector that a driver may map: itself, or none if the table has no such entry (virtio 1.3 §4.1.5.1.2.1).</summary>
    public ushort VectorFor(ushort requested) => requested < msix.Vectors ? requested : CommonConfig.NoVector;

    /// <summary>Notifies of used buffers, or of a configuration change if <paramref name="queue"/> is none.</summary>
    public void Signal(ushort queue, ushort vector)
    {
        var isConfiguration = queue == EventRecord.None;
        var proper = BarrierKind.Proper(BarrierSite.S11, orderPlatform: false, exempt: false);
        var ordering = isConfiguration ? proper : conduct.BarrierAt(BarrierSite.S11, proper, queue);
        // The configuration bit is set whatever the kind of interrupt (virtio 1.3 §4.1.4.5.1).
        if (isConfiguration) isr |= IsrConfiguration;
        if (msix.IsEnabled)
        {
            if (vector >= msix.Vectors) return;
            waitingQueue[vector] = queue;
            if (msix.TrySignal(vector, out var address, out var data)) Send(queue, vector, address, data, ordering);
            return;
        }

        if (!isConfiguration) isr |= IsrQueue;
        if (ordering is { } kind) fenced?.Fence(kind);
        probes.Interrupt(queue, vector: null, address: null, data: null, ordering);
        sink.SetLevel(!IsPinDisabled);
    }

    /// <summary>Sends what waited for a mask to be lifted.</summary>
    public void SendPending()
    {
        while (msix.TryTakePending(out var vector, out var address, out var data))
            Send(waitingQueue[vector], vector, address, data, BarrierKind.Proper(BarrierSite.S11, false, false));
    }

    /// <summary>Reading the ISR status clears it and lowers the pin (virtio 1.3 §4.1.4.5).</summary>
    public byte TakeIsr()
    {
        var taken = isr;
        Clear();
        return taken;
    }

    /// <summary>After a reset nothing is signalled any more.</summary>
    public void Clear()
    {
        if (isr != 0) sink.SetLevel(false);
        isr = 0;
    }

    /// <summary>Sends a vector's message whatever the table says of its mask: a wrong device.</summary>
    public void Stray(ushort queue, ushort vector)
    {
        if (vector >= msix.Vectors) return;
        msix.TrySignal(vector, out var address, out var data);
        Send(queue, vector, address, data, ordering: null);
    }

    private void Send(ushort queue, ushort vector, ulong address, uint data, BarrierKind? ordering)
    {
        if (ordering is { } kind) fenced?.Fence(kind);
        probes.Interrupt(queue, vector, address, data, ordering);
        sink.Deliver(address, data);
    }
}
