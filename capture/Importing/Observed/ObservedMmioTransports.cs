namespace Tracing.Capture.Importing.Observed;

/// <summary>
/// The virtio-mmio transports of a machine (virtio 1.3 §4.2.2). One without a device answers with id 0, and nobody goes on to its
/// other registers: it is none. What was read of a transport before it shows to be a device is told then.
/// </summary>
/// <param name="recorder">Takes the accesses.</param>
/// <param name="create">Makes the device at an address, of the type that its register says; null if there are too many.</param>
internal sealed class ObservedMmioTransports(ObservationRecorder recorder, Func<ulong, ulong?, ObservedFunction?> create)
{
    /// <summary>Bytes of a transport, as machines lay them out.</summary>
    public const ulong TransportBytes = 0x200;

    /// <summary>What the first register of each reads as: "virt".</summary>
    public const ulong Magic = 0x74726976;

    private const int Most = 4096;
    private const ulong LastIdentification = 0x00c;

    private readonly Dictionary<ulong, Transport> all = [];

    /// <summary>Whether a transport is known to lie there.</summary>
    public bool Knows(ulong start) => all.ContainsKey(start);

    /// <summary>An access to a transport.</summary>
    /// <param name="start">Where the transport begins.</param>
    /// <param name="isWrite">Whether it was written.</param>
    /// <param name="offset">The register's offset.</param>
    /// <param name="width">Bytes.</param>
    /// <param name="value">What was read or written; null if that was not traced.</param>
    /// <returns>The device and its register, if it is known to be one.</returns>
    public (ObservedFunction Function, ObservedRegister Register)? Access(ulong start, bool isWrite, ulong offset, byte width, ulong? value)
    {
        if (TransportAt(start) is not { } transport) return null;
        if (!isWrite) transport.Identify(offset, value);
        if (transport.Function is { } known) return Tell(known, isWrite, offset, width, value);
        if (offset <= LastIdentification)
        {
            if (transport.Before.Count < Transport.MostBefore) transport.Before.Add((isWrite, offset, width, value));
            return null;
        }

        if (create(start, transport.DeviceId) is not { } function) return null;
        transport.Function = function;
        foreach (var (wasWrite, place, bytes, seen) in transport.Before) Tell(function, wasWrite, place, bytes, seen);
        transport.Before.Clear();
        return Tell(function, isWrite, offset, width, value);
    }

    private (ObservedFunction Function, ObservedRegister Register) Tell(ObservedFunction function, bool isWrite, ulong offset, byte width, ulong? value)
    {
        var register = function.InMmio(offset, width, value.GetValueOrDefault());
        recorder.Register(function, isWrite, register, value);
        return (function, register);
    }

    private Transport? TransportAt(ulong start)
    {
        if (all.TryGetValue(start, out var known)) return known;
        return all.Count == Most ? null : all[start] = new Transport();
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
