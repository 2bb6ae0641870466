using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// Devices on virtio-mmio. By their memory region they are told apart by address; QEMU's own virtio_mmio lines name the
/// register and not the device, and count only where the region was not traced.
/// </summary>
internal sealed class QemuMmioDevices(QemuFunctions functions, QemuDoorbells rung, ObservationRecorder recorder)
{
    private const ulong DeviceBytes = 0x200;
    private const int MostTransports = 4096;
    private const ulong LastIdentification = 0x00c;

    private readonly Dictionary<ulong, Transport> transports = [];
    private bool hasRegions;
    private ulong? readBefore;

    /// <summary>The device whose status was written last: QEMU's next line about a status is about it.</summary>
    public ObservedFunction? StatusWritten { get; set; }

    /// <summary>An access to a memory region of such a device.</summary>
    public bool Region(bool isWrite, ulong address, ulong value, byte width)
    {
        if (!hasRegions) readBefore = null;
        hasRegions = true;
        Access(address & ~(DeviceBytes - 1), isWrite, address & (DeviceBytes - 1), width, value);
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
        if (TransportAt(start) is not { } transport) return;
        if (offset <= LastIdentification && !isWrite) transport.Identify(offset, value);
        if (transport.Function is { } known)
        {
            Tell(known, isWrite, offset, width, value);
            return;
        }

        // A transport without a device answers with id 0, and nobody goes on to its other registers (virtio 1.3 §4.2.2.2).
        if (offset <= LastIdentification)
        {
            if (transport.Before.Count < Transport.MostBefore) transport.Before.Add((isWrite, offset, width, value));
            return;
        }

        if (functions.Fixed(start, "virtio-mmio", transport.DeviceId) is not { } function) return;
        transport.Function = function;
        foreach (var (wasWrite, place, bytes, seen) in transport.Before) Tell(function, wasWrite, place, bytes, seen);
        transport.Before.Clear();
        Tell(function, isWrite, offset, width, value);
    }

    private void Tell(ObservedFunction function, bool isWrite, ulong offset, byte width, ulong? value)
    {
        var register = function.InMmio(offset, width, value.GetValueOrDefault());
        if (isWrite && register.IsDoorbell && value is { } queue) rung.Rang(function, queue);
        if (isWrite && register.Access.Name == RegisterName.DeviceStatus) StatusWritten = function;
        recorder.Register(function, isWrite, register, value);
    }

    private Transport? TransportAt(ulong start)
    {
        if (transports.TryGetValue(start, out var known)) return known;
        return transports.Count == MostTransports ? null : transports[start] = new Transport();
    }

    private sealed class Transport
    {
        /// <summary>More reads of magic, version and ids than any driver makes before it goes on.</summary>
        public const int MostBefore = 16;

        private const ulong DeviceIdOffset = 0x008;

        public ObservedFunction? Function { get; set; }

        public ulong? DeviceId { get; private set; }

        public List<(bool IsWrite, ulong Offset, byte Width, ulong? Value)> Before { get; } = [];

        public void Identify(ulong offset, ulong? value)
        {
            if (offset == DeviceIdOffset) DeviceId = value;
        }
    }
}
