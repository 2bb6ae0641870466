using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// The machine's PCI functions: which of them are virtio devices, where their BARs lie, and whose a memory region is. Built
/// from QEMU's own lines about configuration space, and from the ports 0xcf8 and 0xcfc where those were not traced.
/// </summary>
internal sealed class QemuFunctions
{
    private const int MostFunctions = 4096;
    private const ulong AddressPort = 0xcf8;
    private const ulong EnableBit = 1UL << 31;
    private const uint AddressBits = 0xffff_fff0;

    private readonly Dictionary<ushort, uint[]> bars = [];
    private readonly Dictionary<ushort, QemuFunction> byPlace = [];
    private readonly Dictionary<ulong, QemuFunction> byBase = [];
    private readonly List<QemuFunction> all = [];
    private ulong configurationAddress;

    /// <summary>Called for each virtio function that is found.</summary>
    public required Action<QemuFunction> Found { get; init; }

    /// <summary>The place of a function on its bus, as IOMMUs call it: bus, slot and function in one number.</summary>
    public static ushort PlaceOf(ulong bus, ulong slot, ulong function) => (ushort)(((bus & 0xff) << 8) | ((slot & 31) << 3) | (function & 7));

    /// <summary>The virtio function at this place, or null if there is none.</summary>
    public QemuFunction? At(ulong place) => place <= ushort.MaxValue ? byPlace.GetValueOrDefault((ushort)place) : null;

    /// <summary>A virtio function whose configuration space QEMU names.</summary>
    public QemuFunction? Named(ushort place, ReadOnlySpan<char> name)
    {
        if (byPlace.TryGetValue(place, out var known)) return known;
        if (!(name.StartsWith("virtio-") || name.StartsWith("vhost-")) || all.Count == MostFunctions) return null;
        return byPlace[place] = Add(name.EndsWith("-pci") ? name[..^4].ToString() : name.ToString());
    }

    /// <summary>A write to configuration space: only where the BARs lie is of interest.</summary>
    public void ConfigWritten(ushort place, ulong offset, ulong value)
    {
        if (offset is < PciConfig.Bar0 or >= PciConfig.Bar0 + (4 * PciConfig.BarCount) || (offset & 3) != 0) return;
        // All ones ask for the BAR's size; a BAR is 32 bits wide.
        if (value >= uint.MaxValue) return;
        if (!bars.TryGetValue(place, out var own))
        {
            if (bars.Count == MostFunctions) return;
            bars[place] = own = new uint[PciConfig.BarCount];
        }

        own[(offset - PciConfig.Bar0) / 4] = (uint)value;
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
        ConfigWritten((ushort)((configurationAddress >> 8) & ushort.MaxValue), configurationAddress & 0xfc, value);
    }

    /// <summary>The function whose modern BAR begins here; QEMU's name of the region names one that was not known.</summary>
    /// <returns>The function, null if there are too many; and the BAR's number, null if configuration space was not traced.</returns>
    public (QemuFunction? Function, byte? Bar) AtBase(ulong start, ReadOnlySpan<char> name)
    {
        foreach (var (place, own) in bars)
        {
            for (byte bar = 0; bar < PciConfig.BarCount; bar++)
            {
                if ((own[bar] & AddressBits) == 0 || Address(own, bar) != start) continue;
                if (!byPlace.TryGetValue(place, out var known)) byPlace[place] = known = Claim(start) ?? Add(name.ToString());
                return (known, bar);
            }
        }

        if (byBase.TryGetValue(start, out var unplaced)) return (unplaced, null);
        if (all.Count == MostFunctions) return (null, null);
        return (byBase[start] = Add(name.ToString()), null);
    }

    private static ulong Address(uint[] own, byte bar)
    {
        var low = own[bar] & AddressBits;
        var isWide = (own[bar] & 7) == 4 && bar + 1 < PciConfig.BarCount;
        return isWide ? low | ((ulong)own[bar + 1] << 32) : low;
    }

    private QemuFunction? Claim(ulong start) => byBase.Remove(start, out var known) ? known : null;

    private QemuFunction Add(string name)
    {
        var function = new QemuFunction((ushort)all.Count, name);
        all.Add(function);
        Found(function);
        return function;
    }
}
