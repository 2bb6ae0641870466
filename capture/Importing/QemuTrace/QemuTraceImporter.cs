using System.Buffers;
using System.Text;
using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// QEMU's trace log (<c>-msg timestamp=on -trace … -D FILE</c>): the device's side of a virtio-pci function, and the IOMMU's.
/// Contents of rings and lengths of accesses are not in it.
/// </summary>
public sealed class QemuTraceImporter : ITraceImporter
{
    private const string RegionPrefix = "virtio-pci-";
    private const string SeesDoorbells = "device.doorbell";
    private const string SeesWrites = "device.register_write";
    private const string SeesReads = "device.register_read";
    private const string SeesInterrupts = "device.interrupt";
    private const string SeesStatus = "device.status_presented";
    private const string SeesAccesses = "platform.iommu_accessed";
    private const string SeesTranslations = "platform.iommu_translated";
    private const string SeesFaults = "platform.iommu_faulted";
    private const string SeesDevices = "platform.device_appeared";

    private static readonly string[] everything =
    [
        SeesDoorbells, SeesWrites, SeesReads, SeesInterrupts, SeesStatus, SeesAccesses,
        SeesTranslations, SeesFaults, SeesDevices,
    ];

    private static readonly SearchValues<byte> nameLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly QemuFunctions functions;
    private readonly Dictionary<ulong, QemuFunction> devices = [];
    private readonly Dictionary<ulong, (QemuFunction Function, ushort Queue)> queues = [];
    private readonly SortedSet<string> sees = new(StringComparer.Ordinal);
    private ImportedEvents events = new();
    private QemuFunction? written;
    private long time = EventRecord.UnknownTime;
    private bool hasTime;

    /// <summary>An importer that has read nothing.</summary>
    public QemuTraceImporter() => functions = new QemuFunctions { Found = Appeared };

    /// <inheritdoc />
    public SourceFacts MayShow => new("qemu", new ClockFacts("realtime", 1000, OffsetNs: 0, UncertaintyNs: null), everything, Events: 0);

    /// <inheritdoc />
    public SourceFacts Shows => new(
        MayShow.Name,
        hasTime ? MayShow.Clock : new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null),
        [.. sees],
        Events: 0);

    /// <inheritdoc />
    public void Take(ReadOnlySpan<byte> line, ImportedEvents events)
    {
        this.events = events;
        var parts = new QemuLine(line);
        time = parts.Time;
        hasTime |= time != EventRecord.UnknownTime;
        if (QemuEvents.Find(parts.Event) is not { } format)
        {
            events.PassOver(IsName(parts.Event) ? $"'{Encoding.ASCII.GetString(parts.Event)}' is not made use of" : "no trace event", line);
            return;
        }

        Span<ulong> numbers = stackalloc ulong[QemuEvents.MostNumbers];
        if (!format.TryParse(parts.Arguments, numbers, out var text)) events.PassOver($"'{format.Name}' is not as it was expected", line);
        else if (!Take(format.Kind, numbers, text)) events.PassOver($"'{format.Name}' of something else than a virtio function", line);
    }

    private static bool IsName(ReadOnlySpan<byte> word)
        => word.Length is > 0 and < 64 && word.IndexOfAnyExcept(nameLetters) < 0;

    private bool Take(QemuEventKind kind, Span<ulong> numbers, ReadOnlySpan<byte> text)
    {
        Span<char> letters = stackalloc char[64];
        var name = letters[..Encoding.Latin1.GetChars(text[..Math.Min(text.Length, letters.Length)], letters)];
        return kind switch
        {
            QemuEventKind.RegionRead or QemuEventKind.RegionWrite
                => Region(kind == QemuEventKind.RegionWrite, numbers[2], numbers[3], numbers[4], name),
            QemuEventKind.ConfigRead or QemuEventKind.ConfigWrite
                => Configuration(kind == QemuEventKind.ConfigWrite, QemuFunctions.PlaceOf(numbers[0], numbers[1], numbers[2]), numbers[3], numbers[4], name),
            QemuEventKind.QueueNotify => QueueNotify(numbers[0], numbers[1], numbers[2]),
            QemuEventKind.Notify => Notify(numbers[1]),
            QemuEventKind.SetStatus => SetStatus(numbers[0], numbers[1]),
            QemuEventKind.IotlbAccess => IotlbAccess(numbers[0], numbers[1]),
            QemuEventKind.IotlbTranslate => IotlbTranslate(QemuFunctions.PlaceOf(numbers[0], numbers[1], numbers[2]), numbers[3], numbers[4], numbers[5]),
            _ => IotlbFault(numbers[0], numbers[1], numbers[2], numbers[3]),
        };
    }

    private bool Region(bool isWrite, ulong address, ulong value, ulong width, ReadOnlySpan<char> region)
    {
        if (region.SequenceEqual("pci-conf-idx"))
        {
            if (isWrite) functions.PortWritten(address, value);
            return false;
        }

        if (region.SequenceEqual("pci-conf-data"))
        {
            if (isWrite && width == 4) functions.DataWritten(value);
            return false;
        }

        if (!region.StartsWith(RegionPrefix) || width > 8) return false;
        var rest = region[RegionPrefix.Length..];
        var dash = rest.IndexOf('-');
        var structure = dash < 0 ? rest : rest[..dash];
        if (QemuFunction.StructureAt(structure) is not { } begin) return false;
        var start = address & ~(QemuFunction.BarBytes - 1);
        var (function, bar) = functions.AtBase(start, dash < 0 ? "virtio" : rest[(dash + 1)..]);
        if (function is null) return false;
        if (structure.SequenceEqual("common")) Common(function, isWrite, address - start - begin, (byte)width, value, bar);
        else if (isWrite && structure.SequenceEqual("notify")) Doorbell(function, address - start, begin, (byte)width, value);
        else Register(function, isWrite, Plain(structure, address - start, begin, (byte)width, bar), value);
        return true;
    }

    private static RegisterAccess Plain(ReadOnlySpan<char> structure, ulong offset, ulong begin, byte width, byte? bar) => new(
        structure.SequenceEqual("isr") ? RegisterName.IsrStatus : structure.SequenceEqual("device") ? RegisterName.DeviceConfig : RegisterName.QueueNotify,
        AddressSpace.Bar, offset, (uint)(offset - begin), width, EventRecord.None, bar, null);

    private void Common(QemuFunction function, bool isWrite, ulong offset, byte width, ulong value, byte? bar)
    {
        var access = function.Common(offset, width, value, bar);
        Register(function, isWrite, access, value);
        if (!isWrite) return;
        function.Written(access.Name, value);
        if (access.Name == RegisterName.DeviceStatus) written = function;
    }

    private void Doorbell(QemuFunction function, ulong address, ulong begin, byte width, ulong value)
    {
        // With NOTIFICATION_DATA more than the queue is written (virtio 1.3 §2.9); the low half is the queue in any case.
        var queue = unchecked((ushort)value);
        if (function.Rung.Count < ushort.MaxValue) function.Rung.Add(queue);
        Add(new EventRecord(EventKind.Doorbell, Actor.Device, 0, function.Device, queue)
        {
            Value = value, Width = width, RegisterOffset = (uint)(address - begin), AddressSpace = AddressSpace.Bar, Address = address,
        }, SeesDoorbells);
    }

    private bool Configuration(bool isWrite, ushort place, ulong offset, ulong value, ReadOnlySpan<char> name)
    {
        if (isWrite) functions.ConfigWritten(place, offset, value);
        if (functions.Named(place, name) is not { } function || offset > PciConfig.SizeInBytes) return false;
        var isBar = offset is >= PciConfig.Bar0 and < PciConfig.Bar0 + (4 * PciConfig.BarCount);
        var register = offset == PciConfig.Command ? RegisterName.PciCommand : isBar ? RegisterName.PciBar : RegisterName.PciConfig;
        Add(new EventRecord(isWrite ? EventKind.RegisterWrite : EventKind.RegisterRead, Actor.Device, 0, function.Device)
        {
            RegisterName = register, RegisterOffset = (uint)offset, AddressSpace = AddressSpace.PciConfig, Address = offset, Value = value,
            Slot = isBar ? (ushort)((offset - PciConfig.Bar0) / 4) : null,
        }, isWrite ? SeesWrites : SeesReads);
        return true;
    }

    /// <summary>Where doorbells are eventfds their write is not traced, and this line is the doorbell.</summary>
    private bool QueueNotify(ulong pointer, ulong number, ulong queuePointer)
    {
        if (!devices.TryGetValue(pointer, out var function) || number >= EventRecord.None) return false;
        var queue = (ushort)number;
        if (queues.Count < ushort.MaxValue) queues[queuePointer] = (function, queue);
        if (!function.Rung.Remove(queue)) Add(new EventRecord(EventKind.Doorbell, Actor.Device, 0, function.Device, queue), SeesDoorbells);
        return true;
    }

    private bool Notify(ulong queuePointer)
    {
        if (!queues.TryGetValue(queuePointer, out var known)) return false;
        Add(new EventRecord(EventKind.Interrupt, Actor.Device, 0, known.Function.Device, known.Queue), SeesInterrupts);
        return true;
    }

    /// <summary>
    /// QEMU says it before it has decided whether FEATURES_OK stands, so that only the reset is known to be presented from
    /// here on. It also tells whose the pointer is.
    /// </summary>
    private bool SetStatus(ulong pointer, ulong value)
    {
        if (written is not null && devices.Count < ushort.MaxValue) devices[pointer] = written;
        written = null;
        if (!devices.TryGetValue(pointer, out var function)) return false;
        if (value != 0 || !function.IsBeingReset) return true;
        function.IsBeingReset = false;
        Add(new EventRecord(EventKind.StatusPresented, Actor.Device, 0, function.Device) { Value = 0 }, SeesStatus);
        return true;
    }

    private bool IotlbAccess(ulong place, ulong address)
    {
        if (functions.At(place) is not { } function) return false;
        Add(new EventRecord(EventKind.IommuAccessed, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Iova, Address = address,
        }, SeesAccesses);
        return true;
    }

    private bool IotlbTranslate(ushort place, ulong address, ulong target, ulong mask)
    {
        if (functions.At(place) is not { } function) return false;
        Add(new EventRecord(EventKind.IommuTranslated, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Iova, Address = address, Length = mask < ulong.MaxValue ? mask + 1 : null,
            TargetSpace = AddressSpace.Bus, Target = target,
        }, SeesTranslations);
        return true;
    }

    private bool IotlbFault(ulong place, ulong fault, ulong address, ulong isWrite)
    {
        if (functions.At(place) is not { } function) return false;
        Add(new EventRecord(EventKind.IommuFaulted, Actor.Platform, 0, function.Device)
        {
            AddressSpace = AddressSpace.Iova, Address = address, Value = fault,
            Direction = isWrite != 0 ? Direction.FromDevice : Direction.ToDevice,
        }, SeesFaults);
        return true;
    }

    private void Register(QemuFunction function, bool isWrite, in RegisterAccess access, ulong value)
        => Add(new EventRecord(isWrite ? EventKind.RegisterWrite : EventKind.RegisterRead, Actor.Device, 0, function.Device, access.Queue)
        {
            RegisterName = access.Name, RegisterOffset = access.Offset, Width = access.Width, Slot = access.Slot,
            FeatureWord = access.FeatureWord, AddressSpace = access.Space, Address = access.Address, Value = value,
        }, isWrite ? SeesWrites : SeesReads);

    private void Appeared(QemuFunction function)
    {
        var record = new EventRecord(EventKind.DeviceAppeared, Actor.Platform, 0, function.Device) { Time = time, Value = DeviceTypes.NumberOf(function.Name) };
        sees.Add(SeesDevices);
        events.Add(in record, function.Name);
    }

    private void Add(EventRecord record, string seen)
    {
        record.Time = time;
        sees.Add(seen);
        events.Add(in record);
    }
}
