using System.Buffers.Binary;
using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Qtest;

/// <summary>
/// QEMU's qtest log: everything that a driver does which talks to QEMU in qtest's words. QEMU executes one command at a time, so
/// the order is certain. What the driver does to memory that it shares with QEMU otherwise is not in it, nor are its barriers.
/// </summary>
public sealed class QtestImporter : ITraceImporter
{
    private const int MostDevices = 256;
    private const int LettersKept = 256;

    private static readonly string[] everything =
    [
        "driver.capability", "driver.doorbell", "driver.load", "driver.register_read", "driver.register_write", "driver.store",
        "platform.device_appeared", "platform.region_mapped", "platform.region_unmapped",
    ];

    private readonly ObservationRecorder recorder = new(Actor.Driver);
    private readonly ObservedPciBus bus;
    private readonly List<ObservedFunction> devices = [];
    private QtestCommand asked;
    private long askedAt = EventRecord.UnknownTime;
    private byte[] askedLine = [];

    /// <summary>An importer that has read nothing.</summary>
    public QtestImporter() => bus = new ObservedPciBus(Add);

    /// <inheritdoc />
    public SourceFacts MayShow => new("qtest", new ClockFacts("since the connection began", 1000, OffsetNs: 0, UncertaintyNs: null), everything, Events: 0);

    /// <inheritdoc />
    public SourceFacts Shows => MayShow with { Sees = recorder.Sees };

    /// <inheritdoc />
    public void Take(ReadOnlySpan<byte> line, ImportedEvents events)
    {
        var parts = new QtestLine(line);
        switch (parts.Kind)
        {
            case 'R': Ask(parts, line, events); break;
            case 'S': Answer(parts, line, events); break;
            case 'I': events.PassOver("the connection", line); break;
            default: events.PassOver("no line of a qtest log", line); break;
        }
    }

    private void Ask(in QtestLine parts, ReadOnlySpan<byte> line, ImportedEvents events)
    {
        if (asked.Verb != QtestVerb.None) events.PassOver("a command without an answer", askedLine);
        asked = default;
        if (!QtestCommand.TryParse(parts.Text, out var command)) events.PassOver("a command that accesses nothing", line);
        (asked, askedAt, askedLine) = (command, parts.Time, line[..Math.Min(line.Length, LettersKept)].ToArray());
    }

    /// <summary>A command takes effect between its line and its answer's; one that failed had none.</summary>
    private void Answer(in QtestLine parts, ReadOnlySpan<byte> line, ImportedEvents events)
    {
        if (parts.Text.StartsWith("IRQ"u8))
        {
            events.PassOver("an interrupt line, of which nothing says whose it is", line);
            return;
        }

        var command = asked;
        asked = default;
        if (command.Verb == QtestVerb.None) return;
        if (!parts.Text.StartsWith("OK"u8))
        {
            events.PassOver("a command failed", askedLine);
            return;
        }

        var isWrite = command.Verb is QtestVerb.Write or QtestVerb.PortWrite;
        var bytes = isWrite ? command.Bytes : command.Answered(parts.Text[2..].Trim((byte)' '));
        recorder.Begin(events, askedAt);
        if (bytes is null) events.PassOver("an answer that is not as it was expected", line);
        else if (!Execute(command, isWrite, bytes)) events.PassOver("an access to something else than a virtio device or its queues", askedLine);
    }

    private bool Execute(in QtestCommand command, bool isWrite, byte[] bytes)
        => command.Verb is QtestVerb.PortRead or QtestVerb.PortWrite
            ? Port(isWrite, command.Address, command.Width, Number(bytes))
            : bus.InAnyBar(command.Address) is var (function, bar, start)
                ? Register(function, bar, command.Address - start, isWrite, bytes)
                : Queues(isWrite, command.Address, bytes);

    private bool Port(bool isWrite, ulong port, byte width, ulong value)
    {
        if (bus.Selected(port) is var (place, offset)) return Configuration(isWrite, place, offset, width, unchecked((uint)value));
        if (isWrite) bus.PortWritten(port, value);
        if (bus.InBar(0, port) is not var (function, start) || function.Config.SizeOf(0) is null) return false;
        Tell(function, isWrite, function.InLegacyHeader(port - start, width, value), value);
        return true;
    }

    private bool Configuration(bool isWrite, ushort place, ulong offset, byte width, uint value)
    {
        if (bus.SpaceAt(place) is not { } space) return false;
        if (isWrite) space.Written(offset, value);
        else space.Read(offset, value, width);
        if (bus.Find(place, () => $"virtio device of type {space.DeviceType}") is not { } function) return false;
        recorder.Register(function, isWrite, space.Register(offset, value, width), value);
        recorder.ShowWindow(function);
        return true;
    }

    private bool Register(ObservedFunction function, byte bar, ulong offset, bool isWrite, byte[] bytes)
    {
        if (bytes.Length > sizeof(ulong) || function.InBar(bar, offset, (byte)bytes.Length, Number(bytes)) is not { } register)
            return Queues(isWrite, function.Config.AddressOf(bar).GetValueOrDefault() + offset, bytes);
        Tell(function, isWrite, register, Number(bytes));
        return true;
    }

    private void Tell(ObservedFunction function, bool isWrite, in ObservedRegister register, ulong value)
    {
        recorder.ShowCapabilities(function);
        recorder.Register(function, isWrite, register, value);
    }

    private bool Queues(bool isStore, ulong address, byte[] bytes)
    {
        var found = false;
        foreach (var device in devices)
        {
            foreach (var queue in device.Queues.Placed)
                found |= RingDecoder.Decode(queue, device.Queues.IsPacked, isStore, address, bytes, part => recorder.Access(device, queue, isStore, part));
        }

        return found;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        bytes[..Math.Min(bytes.Length, padded.Length)].CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }

    private ObservedFunction? Add(string name, ulong? type, ObservedConfigSpace space)
    {
        if (devices.Count == MostDevices) return null;
        var function = new ObservedFunction((ushort)devices.Count, name, type) { Config = space };
        devices.Add(function);
        recorder.Appeared(function);
        return function;
    }
}
