using Tracing.Capture.Importing.Observed;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// The machine's devices: which PCI functions are virtio devices, where their BARs lie, and whose a memory region is. Built
/// from QEMU's own lines about configuration space, and from the ports 0xcf8 and 0xcfc where those were not traced.
/// </summary>
internal sealed class QemuFunctions
{
    private const int MostFunctions = 4096;
    private const ulong AddressPort = 0xcf8;
    private const ulong EnableBit = 1UL << 31;

    private readonly Dictionary<ushort, ObservedConfigSpace> spaces = [];
    private readonly Dictionary<ushort, QemuFunction> byPlace = [];
    private readonly Dictionary<ulong, QemuFunction> byBase = [];
    private readonly Dictionary<ulong, QemuFunction> byPointer = [];
    private int count;
    private ulong configurationAddress;

    /// <summary>Called for each virtio function that is found.</summary>
    public required Action<QemuFunction> Found { get; init; }

    /// <summary>The place of a function on its bus, as IOMMUs call it: bus, slot and function in one number.</summary>
    public static ushort PlaceOf(ulong bus, ulong slot, ulong function) => (ushort)(((bus & 0xff) << 8) | ((slot & 31) << 3) | (function & 7));

    /// <summary>The virtio function at this place, or null if there is none.</summary>
    public QemuFunction? At(ulong place) => place <= ushort.MaxValue ? byPlace.GetValueOrDefault((ushort)place) : null;

    /// <summary>What is known of configuration space at this place; null if there are too many.</summary>
    public ObservedConfigSpace? SpaceAt(ushort place)
    {
        if (spaces.TryGetValue(place, out var known)) return known;
        return spaces.Count == MostFunctions ? null : spaces[place] = new ObservedConfigSpace();
    }

    /// <summary>
    /// A function whose configuration space QEMU names: a virtio device by its model's name, or, where another process is the
    /// device, by its ids once they were read.
    /// </summary>
    public QemuFunction? Named(ushort place, ReadOnlySpan<char> name)
    {
        if (byPlace.TryGetValue(place, out var known)) return known;
        var isModel = name.StartsWith("virtio-") || name.StartsWith("vhost-");
        if (!isModel && spaces.GetValueOrDefault(place)?.DeviceType is null) return null;
        return Place(place, name.EndsWith("-pci") ? name[..^4].ToString() : name.ToString());
    }

    /// <summary>A write to the port that selects a register of configuration space.</summary>
    public void PortWritten(ulong port, ulong value)
    {
        if (port == AddressPort) configurationAddress = value;
    }

    /// <summary>A write of four bytes to the selected register.</summary>
    public void DataWritten(ulong value)
    {
        if ((configurationAddress & EnableBit) == 0) return;
        SpaceAt((ushort)((configurationAddress >> 8) & ushort.MaxValue))?.Written(configurationAddress & 0xfc, unchecked((uint)value));
    }

    /// <summary>The function whose modern BAR begins here; QEMU's name of the region names one that was not known.</summary>
    /// <returns>The function, null if there are too many; and the BAR's number, null if configuration space was not traced.</returns>
    public (QemuFunction? Function, byte? Bar) AtBase(ulong start, ReadOnlySpan<char> name)
    {
        foreach (var (place, space) in spaces)
        {
            for (byte bar = 0; bar < PciConfig.BarCount; bar++)
            {
                if (space.AddressOf(bar) == start) return (byPlace.GetValueOrDefault(place) ?? Claim(place, start) ?? Place(place, name.ToString()), bar);
            }
        }

        return (Unplaced(start, name.ToString()), null);
    }

    /// <summary>The function of which this BAR holds the address, and where the BAR begins.</summary>
    public (QemuFunction? Function, ulong Start) InBar(byte bar, ulong address)
    {
        (QemuFunction? Function, ulong Start) found = default;
        foreach (var (place, function) in byPlace)
        {
            // Without its size a BAR reaches up to the next.
            if (spaces[place].Holds(bar, address) && spaces[place].AddressOf(bar) is { } start && (found.Function is null || start > found.Start))
                found = (function, start);
        }

        return found;
    }

    /// <summary>A device that lies at a fixed address; <paramref name="type"/> as its registers say.</summary>
    public QemuFunction? Fixed(ulong start, string name, ulong? type)
        => byBase.TryGetValue(start, out var known) ? known : Limited(() => byBase[start] = Add(name, type, new ObservedConfigSpace()));

    /// <summary>Whose QEMU's pointer is; null if nothing has said so.</summary>
    public QemuFunction? OfPointer(ulong pointer) => byPointer.GetValueOrDefault(pointer);

    /// <summary>From here on the pointer means that function.</summary>
    public void Remember(ulong pointer, QemuFunction function)
    {
        if (byPointer.Count < MostFunctions || byPointer.ContainsKey(pointer)) byPointer[pointer] = function;
    }

    /// <summary>A device of which nothing but the pointer is known.</summary>
    public QemuFunction? Unnamed(ulong pointer)
        => Limited(() => byPointer[pointer] = Add("virtio device", type: null, new ObservedConfigSpace()));

    private QemuFunction? Unplaced(ulong start, string name)
        => byBase.TryGetValue(start, out var known) ? known : Limited(() => byBase[start] = Add(name, DeviceTypes.NumberOf(name), new ObservedConfigSpace()));

    /// <summary>A function that was known by its BAR only turns out to be the one at this place.</summary>
    private QemuFunction? Claim(ushort place, ulong start)
    {
        if (!byBase.Remove(start, out var known)) return null;
        return byPlace[place] = known;
    }

    private QemuFunction? Place(ushort place, string name)
        => SpaceAt(place) is { } space ? Limited(() => byPlace[place] = Add(name, DeviceTypes.NumberOf(name) ?? space.DeviceType, space)) : null;

    private QemuFunction? Limited(Func<QemuFunction> create) => count == MostFunctions ? null : create();

    private QemuFunction Add(string name, ulong? type, ObservedConfigSpace space)
    {
        var function = new QemuFunction(new ObservedFunction((ushort)count++, name, type) { Config = space });
        Found(function);
        return function;
    }
}
