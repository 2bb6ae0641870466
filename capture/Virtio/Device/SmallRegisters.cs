using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>The ISR status (virtio 1.3 §4.1.4.5).</summary>
internal sealed class IsrRegister(DeviceCore core, DeviceInterrupts interrupts, byte bar, uint start) : IRegisterFile
{
    public ulong Read(ulong offset, int width)
    {
        ulong value = offset == 0 ? interrupts.TakeIsr() : (byte)0;
        core.Probes.RegisterRead(Access(offset, width), value);
        return value;
    }

    public void Write(ulong offset, int width, ulong value) => core.Probes.RegisterWrite(Access(offset, width), value);

    private RegisterAccess Access(ulong offset, int width)
        => new(RegisterName.IsrStatus, AddressSpace.Bar, start + offset, (uint)offset, (byte)width, Slot: bar);
}

/// <summary>The notification structure (virtio 1.3 §4.1.4.4): one place per queue.</summary>
internal sealed class NotifyRegisters(DeviceCore core, uint start) : IRegisterFile
{
    /// <summary>Bytes from one queue's place to the next: notify_off_multiplier.</summary>
    public const uint Multiplier = 4;

    public ulong Read(ulong offset, int width) => 0;

    public void Write(ulong offset, int width, ulong value)
    {
        // The low half names the queue in either width (virtio 1.3 §4.1.5.2); a value that names none rings nowhere.
        var queue = core.QueueAt((int)(value & ushort.MaxValue));
        core.Probes.Doorbell(
            queue?.Index ?? EventRecord.None,
            new(RegisterName.QueueNotify, AddressSpace.Bar, start + offset, (uint)offset, (byte)width),
            value);
        queue?.Kick();
    }
}

/// <summary>The vector table and the pending bits of MSI-X.</summary>
internal sealed class MsixRegisters(DeviceCore core, DeviceInterrupts interrupts, MsixTable table, uint start, bool isPending) : IRegisterFile
{
    public ulong Read(ulong offset, int width)
    {
        var value = isPending ? table.ReadPending(offset, width) : table.ReadTable(offset, width);
        core.Probes.RegisterRead(Access(offset, width), value);
        return value;
    }

    public void Write(ulong offset, int width, ulong value)
    {
        core.Probes.RegisterWrite(Access(offset, width), value);
        if (isPending) return;
        table.WriteTable(offset, width, value);
        interrupts.SendPending();
    }

    private RegisterAccess Access(ulong offset, int width) => isPending
        ? new(RegisterName.Unknown, AddressSpace.Bar, start + offset, (uint)offset, (byte)width)
        : new(
            RegisterName.MsixTable, AddressSpace.Bar, start + offset, (uint)offset, (byte)width,
            Slot: (ushort)(offset / PciConfig.MsixEntryBytes));
}
