using Tracing.Capture.Importing.Observed;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>The traced machine's virtio devices, by whatever QEMU calls them: a place on the bus, an address, a pointer.</summary>
internal sealed class QemuFunctions
{
    private const int MostFunctions = 4096;

    private readonly Dictionary<ulong, ObservedFunction> byBase = [];
    private readonly Dictionary<ulong, ObservedFunction> byPointer = [];
    private readonly Action<ObservedFunction> found;
    private int count;

    /// <param name="found">Called for each virtio device that is found.</param>
    public QemuFunctions(Action<ObservedFunction> found)
    {
        this.found = found;
        Bus = new ObservedPciBus(Add);
    }

    /// <summary>The PCI functions.</summary>
    public ObservedPciBus Bus { get; }

    /// <summary>A function whose configuration space QEMU names after its model, or "x-pci-proxy-dev" where another process is the device.</summary>
    public ObservedFunction? Named(ushort place, ReadOnlySpan<char> name)
    {
        if (Bus.At(place) is { } known) return known;
        var model = name.EndsWith("-pci") ? name[..^4].ToString() : name.ToString();
        return Bus.Find(place, () => model, name.StartsWith("virtio-") || name.StartsWith("vhost-"), DeviceTypes.NumberOf(model));
    }

    /// <summary>The function whose modern BAR begins here; QEMU's name of the region names one that was not known.</summary>
    /// <returns>The function, null if there are too many; and the BAR's number, null if configuration space was not traced.</returns>
    public (ObservedFunction? Function, byte? Bar) AtBase(ulong start, ReadOnlySpan<char> name)
    {
        if (Bus.BarAt(start) is not var (place, bar)) return (Fixed(start, name.ToString(), DeviceTypes.NumberOf(name.ToString())), null);
        if (Bus.At(place) is { } known) return (known, bar);
        if (byBase.Remove(start, out var unplaced))
        {
            Bus.Put(place, unplaced);
            return (unplaced, bar);
        }

        var model = name.ToString();
        return (Bus.Find(place, () => model, isVirtio: true, DeviceTypes.NumberOf(model)), bar);
    }

    /// <summary>The device that lies at a fixed address.</summary>
    public ObservedFunction? Fixed(ulong start, string name, ulong? type)
    {
        if (byBase.TryGetValue(start, out var known)) return known;
        var function = Add(name, type, new ObservedConfigSpace());
        if (function is not null) byBase[start] = function;
        return function;
    }

    /// <summary>Whose QEMU's pointer is; null if nothing has said so.</summary>
    public ObservedFunction? OfPointer(ulong pointer) => byPointer.GetValueOrDefault(pointer);

    /// <summary>From here on the pointer means that function.</summary>
    public void Remember(ulong pointer, ObservedFunction function)
    {
        if (byPointer.Count < MostFunctions || byPointer.ContainsKey(pointer)) byPointer[pointer] = function;
    }

    /// <summary>A device of which nothing but the pointer is known.</summary>
    public ObservedFunction? Unnamed(ulong pointer)
    {
        var function = Add("virtio device", type: null, new ObservedConfigSpace());
        if (function is not null) byPointer[pointer] = function;
        return function;
    }

    private ObservedFunction? Add(string name, ulong? type, ObservedConfigSpace space)
    {
        if (count == MostFunctions) return null;
        var function = new ObservedFunction((ushort)count++, name, type) { Config = space };
        found(function);
        return function;
    }
}
