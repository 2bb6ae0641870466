using System.Buffers;
using System.Text;
using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// QEMU's trace log (<c>-msg timestamp=on -trace … -D FILE</c>): the device's side of virtio-pci functions and virtio-mmio
/// devices, and the IOMMU's. Contents of rings and lengths of accesses are not in it.
/// </summary>
public sealed class QemuTraceImporter : ITraceImporter
{
    private const string MmioRegion = "virtio-mmio";

    private static readonly string[] everything =
    [
        "device.capability", "device.doorbell", "device.interrupt", "device.register_read", "device.register_write", "device.status_presented",
        "platform.device_appeared", "platform.iommu_accessed", "platform.iommu_faulted", "platform.iommu_translated", "platform.message_received",
        "platform.message_sent", "platform.region_mapped", "platform.region_unmapped",
    ];

    private static readonly SearchValues<byte> nameLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly ObservationRecorder recorder = new(Actor.Device);
    private readonly QemuDoorbells rung = new();
    private readonly QemuFunctions functions;
    private readonly QemuPciDevices pci;
    private readonly QemuMmioDevices mmio;
    private readonly QemuQueues queues;
    private readonly QemuIommu iommu;
    private readonly HashSet<ulong> resetAtPowerOn = [];
    private bool hasRegisters;

    /// <summary>An importer that has read nothing.</summary>
    public QemuTraceImporter()
    {
        functions = new QemuFunctions(recorder.Appeared);
        pci = new QemuPciDevices(functions, rung, recorder);
        mmio = new QemuMmioDevices(functions, rung, recorder);
        queues = new QemuQueues(recorder);
        iommu = new QemuIommu(functions, recorder);
    }

    /// <inheritdoc />
    public SourceFacts MayShow => new("qemu", new ClockFacts("realtime", 1000, OffsetNs: 0, UncertaintyNs: null), everything, Events: 0);

    /// <inheritdoc />
    public SourceFacts Shows => MayShow with
    {
        Clock = recorder.HasTime ? MayShow.Clock : new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null),
        Sees = recorder.Sees,
    };

    /// <inheritdoc />
    public void Take(ReadOnlySpan<byte> line, ImportedEvents events)
    {
        var parts = new QemuLine(line);
        var format = QemuEvents.Find(parts.Event);
        recorder.Begin(events, parts.Time);
        if (format?.Kind != QemuEventKind.IotlbTranslate) iommu.Settle();
        if (format is null)
        {
            mmio.Settle();
            events.PassOver(IsName(parts.Event) ? $"'{Encoding.ASCII.GetString(parts.Event)}' is not made use of" : "no trace event", line);
            return;
        }

        Span<ulong> numbers = stackalloc ulong[QemuEvents.MostNumbers];
        if (!format.TryParse(parts.Arguments, numbers, out var text)) events.PassOver($"'{format.Name}' is not as it was expected", line);
        else if (!Take(format.Kind, numbers, text)) events.PassOver($"'{format.Name}' of something else than a virtio device", line);
    }

    /// <inheritdoc />
    public void Conclude(ImportedEvents events)
    {
        mmio.Settle();
        iommu.Settle();
        queues.Conclude();
    }

    private static bool IsName(ReadOnlySpan<byte> word)
        => word.Length is > 0 and < 64 && word.IndexOfAnyExcept(nameLetters) < 0;

    private bool Take(QemuEventKind kind, Span<ulong> numbers, ReadOnlySpan<byte> text)
    {
        Span<char> letters = stackalloc char[64];
        var name = letters[..Encoding.Latin1.GetChars(text[..Math.Min(text.Length, letters.Length)], letters)];
        if (kind is QemuEventKind.RegionRead or QemuEventKind.RegionWrite)
            return Region(kind == QemuEventKind.RegionWrite, numbers[2], numbers[3], numbers[4], name);
        mmio.Settle();
        return kind switch
        {
            QemuEventKind.ConfigRead or QemuEventKind.ConfigWrite
                => pci.Configuration(kind == QemuEventKind.ConfigWrite, Place(numbers), numbers[3], numbers[4], name),
            QemuEventKind.BarMapped => pci.Mapped(Place(numbers), numbers[3], numbers[4], numbers[5], name),
            QemuEventKind.BarUnmapped => pci.Unmapped(Place(numbers), numbers[4], numbers[5]),
            QemuEventKind.MmioRead or QemuEventKind.MmioWrite => Mmio(kind == QemuEventKind.MmioWrite, numbers[0], numbers[1]),
            QemuEventKind.QueueNotify => QueueNotify(numbers[0], numbers[1], numbers[2]),
            QemuEventKind.Notify => queues.Notified(numbers[1]),
            QemuEventKind.SetStatus => SetStatus(numbers[0], numbers[1]),
            QemuEventKind.Popped => queues.Popped(numbers[0]),
            QemuEventKind.GivenBack => queues.GivenBack(numbers[0]),
            QemuEventKind.FrontEndSent or QemuEventKind.FrontEndReceived => Message(kind, numbers[0]),
            QemuEventKind.IotlbTranslate => iommu.Translated(Place(numbers), numbers[3], numbers[4], numbers[5]),
            QemuEventKind.IotlbFault => iommu.Faulted(numbers[0], numbers[1], numbers[2], numbers[3] != 0),
            QemuEventKind.PassThrough => iommu.PassedThrough(numbers[0], numbers[1]),
            _ => iommu.Accessed(numbers[0], numbers[1]),
        };
    }

    private static ushort Place(ReadOnlySpan<ulong> numbers) => ObservedPciBus.PlaceOf(numbers[0], numbers[1], numbers[2]);

    private bool Region(bool isWrite, ulong address, ulong value, ulong width, ReadOnlySpan<char> region)
    {
        if (width is 0 or > sizeof(ulong))
        {
            mmio.Settle();
            return false;
        }

        // What a device gives back QEMU prints whole, also where the guest gets the low bytes only: virtio-mmio's features are so.
        if (width < sizeof(ulong)) value &= (1UL << (int)(8 * width)) - 1;
        var isMmio = region.SequenceEqual(MmioRegion);
        if (!isMmio) mmio.Settle();
        var isVirtio = isMmio ? mmio.Region(isWrite, address, value, (byte)width) : pci.Region(isWrite, address, value, (byte)width, region);
        hasRegisters |= isVirtio;
        return isVirtio;
    }

    private bool Mmio(bool isWrite, ulong offset, ulong value)
    {
        if (isWrite) mmio.Written(offset, value);
        else mmio.Read(offset);
        hasRegisters = true;
        return true;
    }

    /// <summary>Where doorbells are eventfds their write is not traced, and this line is the doorbell.</summary>
    private bool QueueNotify(ulong pointer, ulong number, ulong queuePointer)
    {
        if (Owner(pointer) is not { } function || number >= EventRecord.None) return false;
        var queue = (ushort)number;
        queues.Remember(queuePointer, function, queue);
        if (!rung.Take(function, queue)) recorder.Doorbell(function, queue);
        return true;
    }

    /// <summary>
    /// QEMU says it while the write is executed, before it has decided whether FEATURES_OK stands, and before a reset is over: so
    /// nothing is presented yet. But it tells whose the pointer is.
    /// </summary>
    private bool SetStatus(ulong pointer, ulong value)
    {
        if ((pci.StatusWritten ?? mmio.StatusWritten) is { } written) functions.Remember(pointer, written);
        (pci.StatusWritten, mmio.StatusWritten) = (null, null);
        return hasRegisters ? functions.OfPointer(pointer) is not null : SetStatusUnseen(pointer, value);
    }

    /// <summary>
    /// Where no register was traced the line is the write itself. Each device of the machine is reset at power-on: which of
    /// them are worth a word shows when something else is said of it.
    /// </summary>
    private bool SetStatusUnseen(ulong pointer, ulong value)
    {
        if (functions.OfPointer(pointer) is null && value == 0)
        {
            if (resetAtPowerOn.Count < ushort.MaxValue) resetAtPowerOn.Add(pointer);
            return true;
        }

        if (Owner(pointer) is not { } function) return false;
        recorder.StatusSet(function, value);
        return true;
    }

    /// <summary>Whose the pointer is. Where registers are traced a device is known by them, or not yet.</summary>
    private ObservedFunction? Owner(ulong pointer)
    {
        if (functions.OfPointer(pointer) is { } known) return known;
        if (hasRegisters || functions.Unnamed(pointer) is not { } function) return null;
        if (!resetAtPowerOn.Remove(pointer)) return function;
        recorder.StatusSet(function, 0);
        return function;
    }

    private bool Message(QemuEventKind kind, ulong request)
    {
        recorder.Message(kind == QemuEventKind.FrontEndSent ? EventKind.MessageSent : EventKind.MessageReceived, request);
        return true;
    }
}
