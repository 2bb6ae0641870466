using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Observed;

/// <summary>
/// The PCI functions of a machine, put together from accesses to configuration space: which of them are virtio devices, and
/// where their BARs lie.
/// </summary>
/// <param name="add">Makes a function's number and tells of it; null if there are too many.</param>
internal sealed class ObservedPciBus(Func<string, ulong?, ObservedConfigSpace, ObservedFunction?> add)
{
    private const int MostFunctions = 4096;
    private const ulong AddressPort = 0xcf8;
    private const ulong DataPort = 0xcfc;
    private const ulong EnableBit = 1UL << 31;

    private readonly Dictionary<ushort, ObservedConfigSpace> spaces = [];
    private readonly Dictionary<ushort, ObservedFunction> byPlace = [];
    private ulong configurationAddress;

    /// <summary>The place of a function on its bus, as IOMMUs call it: bus, slot and function in one number.</summary>
    public static ushort PlaceOf(ulong bus, ulong slot, ulong function) => (ushort)(((bus & 0xff) << 8) | ((slot & 31) << 3) | (function & 7));

    /// <summary>The virtio function at this place, or null if there is none.</summary>
    public ObservedFunction? At(ulong place) => place <= ushort.MaxValue ? byPlace.GetValueOrDefault((ushort)place) : null;

    /// <summary>What is known of configuration space at this place; null if there are too many.</summary>
    public ObservedConfigSpace? SpaceAt(ushort place)
    {
        if (spaces.TryGetValue(place, out var known)) return known;
        return spaces.Count == MostFunctions ? null : spaces[place] = new ObservedConfigSpace();
    }

    /// <summary>The virtio function at this place, which its ids show once they were read.</summary>
    /// <param name="place">The place.</param>
    /// <param name="name">What it is called where it was not known.</param>
    /// <param name="isVirtio">Whether its name says that it is a virtio device.</param>
    /// <param name="type">The device type that its name says; null if it says none.</param>
    public ObservedFunction? Find(ushort place, Func<string> name, bool isVirtio = false, ulong? type = null)
    {
        if (byPlace.TryGetValue(place, out var known)) return known;
        if (SpaceAt(place) is not { } space || (!isVirtio && space.DeviceType is null)) return null;
        var function = add(name(), type ?? space.DeviceType, space);
        if (function is not null) byPlace[place] = function;
        return function;
    }

    /// <summary>A function that was known otherwise turns out to be the one at this place.</summary>
    public void Put(ushort place, ObservedFunction function) => byPlace[place] = function;

    /// <summary>The place and the number of the BAR that begins at an address; null if none does.</summary>
    public (ushort Place, byte Bar)? BarAt(ulong start)
    {
        foreach (var (place, space) in spaces)
        {
            for (byte bar = 0; bar < PciConfig.BarCount; bar++)
            {
                if (space.AddressOf(bar) == start) return (place, bar);
            }
        }

        return null;
    }

    /// <summary>The function of which this BAR holds the address, and where the BAR begins.</summary>
    public (ObservedFunction Function, ulong Start)? InBar(byte bar, ulong address)
    {
        (ObservedFunction Function, ulong Start)? found = null;
        foreach (var (place, function) in byPlace)
        {
            // Without its size a BAR reaches up to the next.
            if (spaces[place].Holds(bar, address) && spaces[place].AddressOf(bar) is { } start && !(found?.Start > start)) found = (function, start);
        }

        return found;
    }

    /// <summary>The function of which any BAR holds the address, as far as its size is known.</summary>
    public (ObservedFunction Function, byte Bar, ulong Start)? InAnyBar(ulong address)
    {
        foreach (var (place, function) in byPlace)
        {
            var space = spaces[place];
            for (byte bar = 0; bar < PciConfig.BarCount; bar++)
            {
                if (space.SizeOf(bar) is not null && space.Holds(bar, address)) return (function, bar, space.AddressOf(bar)!.Value);
            }
        }

        return null;
    }

    /// <summary>A write to a port: the one that selects a register of configuration space, or another.</summary>
    public void PortWritten(ulong port, ulong value)
    {
        if (port == AddressPort) configurationAddress = value;
    }

    /// <summary>The register of configuration space that an access to a data port reaches; null if it reaches none.</summary>
    public (ushort Place, ulong Offset)? Selected(ulong port)
        => port is >= DataPort and < DataPort + 4 && (configurationAddress & EnableBit) != 0
            ? ((ushort)((configurationAddress >> 8) & ushort.MaxValue), (configurationAddress & 0xfc) + (port - DataPort))
            : null;
}
