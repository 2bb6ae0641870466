using Tracing.Schemas;

namespace Tracing.Capture.Importing.VhostUser;

/// <summary>
/// A vhost-user conversation: the device's side, as a back end knows it. What messages carry is told as the registers that they
/// stand for; memory and rings are not in it.
/// </summary>
public sealed class VhostTextImporter : ITraceImporter
{
    private const ushort Device = 0;
    private const int ProtocolFeaturesBit = 30;
    private const int MostQueues = 256;

    /// <summary>Windows that whoever imports declares have the numbers before.</summary>
    private const ushort FirstRegion = 0x4000;

    private const string SeesReceived = "device.message_received";
    private const string SeesSent = "device.message_sent";
    private const string SeesWrites = "device.register_write";
    private const string SeesRegions = "platform.region_mapped";

    private readonly HashSet<ushort> started = [];
    private readonly HashSet<ushort> enabled = [];
    private readonly HashSet<ushort> running = [];
    private readonly SortedSet<string> sees = new(StringComparer.Ordinal);
    private ImportedEvents events = new();
    private string? asked;
    private long time = EventRecord.UnknownTime;
    private ushort nextRegion = FirstRegion;
    private bool mustEnable;

    /// <inheritdoc />
    public SourceFacts MayShow => new(
        "vhost-user", new ClockFacts("time of day", 1000, OffsetNs: 0, UncertaintyNs: null), [SeesReceived, SeesSent, SeesWrites, SeesRegions], Events: 0);

    /// <inheritdoc />
    public SourceFacts Shows => MayShow with { Sees = [.. sees] };

    /// <inheritdoc />
    public void Take(ReadOnlySpan<byte> line, ImportedEvents events)
    {
        this.events = events;
        var parts = new VhostTextLine(line);
        if (parts.IsMessage) TakeMessage(parts, line);
        else if (!parts.IsPayload) events.PassOver("it is neither a message nor what one carries", line);
        else if (asked != parts.Name) events.PassOver("what stands below is not what the message before carries", line);
        else if (!TakePayload(parts)) events.PassOver($"what {parts.Name} carries is not as it was expected", line);
    }

    private void TakeMessage(VhostTextLine line, ReadOnlySpan<byte> text)
    {
        time = line.Time;
        asked = line.IsAnswer ? null : line.Name;
        if (line.Request is not { } request)
        {
            events.PassOver("a message without a name that is known", text);
            return;
        }

        var size = line.Number("size="u8) is { } bytes and <= uint.MaxValue ? (uint?)bytes : null;
        var record = new EventRecord(line.IsAnswer ? EventKind.MessageSent : EventKind.MessageReceived, Actor.Device, 0, Device) { Value = request, Size = size };
        Add(record, line.IsAnswer ? SeesSent : SeesReceived, line.Name);
    }

    private bool TakePayload(VhostTextLine line)
    {
        switch (line.Name)
        {
            case "SET_FEATURES": return line.Number("u64="u8) is { } accepted && Accept(accepted);
            case "ADD_MEM_REG": return Map(line.Number("gpa="u8), line.Number("size="u8), line.Number("uva="u8));
            case "SET_VRING_KICK": return line.Number("u64="u8) is { } kick && Start((ushort)(kick & 0xff));
            case "SET_VRING_NUM" or "SET_VRING_ADDR" or "SET_VRING_ENABLE" or "GET_VRING_BASE":
                return line.Number("idx="u8) is { } queue and < MostQueues && TakeQueue(line, (ushort)queue);
            default: return true;
        }
    }

    private bool TakeQueue(VhostTextLine line, ushort queue)
    {
        switch (line.Name)
        {
            case "SET_VRING_NUM": return line.Number("num="u8) is { } size && Write(RegisterName.QueueSize, size, queue);
            case "SET_VRING_ADDR":
                return line.Number("desc="u8) is { } descriptors && line.Number("avail="u8) is { } available && line.Number("used="u8) is { } used
                    && Write(RegisterName.QueueDesc, descriptors, queue, AddressSpace.FrontEnd)
                    && Write(RegisterName.QueueDriver, available, queue, AddressSpace.FrontEnd)
                    && Write(RegisterName.QueueDevice, used, queue, AddressSpace.FrontEnd);
            case "SET_VRING_ENABLE":
                if (line.Number("num="u8) is not { } isEnabled) return false;
                if (isEnabled != 0) enabled.Add(queue);
                else enabled.Remove(queue);
                return Run(queue);
            default:
                started.Remove(queue);
                running.Remove(queue);
                return Write(RegisterName.QueueEnable, 0, queue);
        }
    }

    private bool Accept(ulong accepted)
    {
        // A feature of the conversation, not of the device.
        mustEnable = (accepted >> ProtocolFeaturesBit & 1) != 0;
        accepted &= ~(1UL << ProtocolFeaturesBit);
        for (byte word = 0; word < 2; word++)
        {
            Add(new EventRecord(EventKind.RegisterWrite, Actor.Device, 0, Device)
            {
                RegisterName = RegisterName.DriverFeature, FeatureWord = word, Value = (accepted >> (32 * word)) & uint.MaxValue,
            }, SeesWrites);
        }

        return true;
    }

    private bool Map(ulong? guest, ulong? bytes, ulong? frontEnd)
    {
        if (guest is null || bytes is null || frontEnd is null || nextRegion == ushort.MaxValue) return false;
        Add(new EventRecord(EventKind.RegionMapped, Actor.Platform, 0)
        {
            AddressSpace = AddressSpace.Bus, Address = guest, Length = bytes, TargetSpace = AddressSpace.FrontEnd, Target = frontEnd,
            RegionId = nextRegion++, RegionOrigin = RegionOrigin.SystemMemory,
        }, SeesRegions);
        return true;
    }

    private bool Start(ushort queue)
    {
        started.Add(queue);
        return Run(queue);
    }

    /// <summary>A queue works once it has its kick and is enabled; without protocol features it is enabled from the start.</summary>
    private bool Run(ushort queue)
    {
        if (!started.Contains(queue) || (mustEnable && !enabled.Contains(queue)) || !running.Add(queue)) return true;
        return Write(RegisterName.QueueEnable, 1, queue);
    }

    private bool Write(RegisterName register, ulong value, ushort queue, AddressSpace? space = null)
    {
        Add(new EventRecord(EventKind.RegisterWrite, Actor.Device, 0, Device, queue) { RegisterName = register, Value = value, TargetSpace = space }, SeesWrites);
        return true;
    }

    private void Add(EventRecord record, string seen, string? note = null)
    {
        record.Time = time;
        sees.Add(seen);
        events.Add(in record, note);
    }
}
