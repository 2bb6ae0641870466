using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// Devices on virtio-mmio. By their memory region they are told apart by address; QEMU's own virtio_mmio lines name the
/// register and not the device, and count only where the region was not traced.
/// </summary>
internal sealed class QemuMmioDevices(QemuFunctions functions, QemuDoorbells rung, ObservationRecorder recorder)
{
    private readonly ObservedMmioTransports transports = new(recorder, (start, type) => functions.Fixed(start, "virtio-mmio", type));
    private bool hasRegions;
    private ulong? readBefore;

    /// <summary>The device whose status was written last: QEMU's next line about a status is about it.</summary>
    public ObservedFunction? StatusWritten { get; set; }

    /// <summary>An access to a memory region of such a device.</summary>
    public bool Region(bool isWrite, ulong address, ulong value, byte width)
    {
        if (!hasRegions) readBefore = null;
        hasRegions = true;
        var start = address & ~(ObservedMmioTransports.TransportBytes - 1);
        Access(start, isWrite, address - start, width, value);
        return true;
    }

    /// <summary>
    /// QEMU's line about a read, which comes before that of the region, if that is traced: so it waits for the next line. The
    /// value is not in it.
    /// </summary>
    public void Read(ulong offset)
    {
        Settle();
        if (!hasRegions) readBefore = offset;
    }

    /// <summary>QEMU's line about a write, which comes behind that of the region.</summary>
    public void Written(ulong offset, ulong value)
    {
        Settle();
        if (!hasRegions) Access(0, isWrite: true, offset, sizeof(uint), value);
    }

    /// <summary>Another line came: the read before it was not that of a region.</summary>
    public void Settle()
    {
        if (readBefore is { } offset) Access(0, isWrite: false, offset, sizeof(uint), value: null);
        readBefore = null;
    }

    private void Access(ulong start, bool isWrite, ulong offset, byte width, ulong? value)
    {
        if (transports.Access(start, isWrite, offset, width, value) is not var (function, register) || !isWrite) return;
        if (register.IsDoorbell && value is { } queue) rung.Rang(function, queue);
        if (register.Access.Name == RegisterName.DeviceStatus) StatusWritten = function;
    }
}
