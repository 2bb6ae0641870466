using Tracing.Virtio.Pci;

namespace Tracing.Peers.Qtest;

/// <summary>One PCI function behind qtest, as the reference driver reaches it: its BARs are where its registers say.</summary>
/// <param name="bus">The bus.</param>
/// <param name="place">Where it is.</param>
public sealed class QtestFunction(QtestBus bus, PciPlace place) : IPciBus
{
    private const uint IsIo = 1;
    private const uint Is64Bit = 4;
    private const uint MemoryFlags = 0xf;
    private const uint IoFlags = 3;
    private readonly ulong?[] bases = new ulong?[PciConfig.BarCount];
    private readonly bool[] isPort = new bool[PciConfig.BarCount];

    /// <summary>Called behind each write to a BAR or to the command register: what answers where may have changed.</summary>
    public Action? DecodingChanged { get; set; }

    /// <inheritdoc/>
    public uint ReadConfig(int offset, int width) => bus.ReadConfig(place, offset, width);

    /// <inheritdoc/>
    public void WriteConfig(int offset, int width, uint value)
    {
        bus.WriteConfig(place, offset, width, value);
        if (offset is < PciConfig.Command or >= PciConfig.Bar0 + (4 * PciConfig.BarCount)) return;
        Array.Clear(bases);
        DecodingChanged?.Invoke();
    }

    /// <inheritdoc/>
    public ulong ReadBar(int bar, ulong offset, int width)
    {
        var address = AddressOf(bar, offset);
        return isPort[bar] ? bus.ReadPort((int)address, width) : bus.ReadMemory(address, width);
    }

    /// <inheritdoc/>
    public void WriteBar(int bar, ulong offset, int width, ulong value)
    {
        var address = AddressOf(bar, offset);
        if (isPort[bar]) bus.WritePort((int)address, width, value);
        else bus.WriteMemory(address, width, value);
    }

    /// <summary>The register is the device's word: whatever it says, the address is one of its bus, and wraps there.</summary>
    private ulong AddressOf(int bar, ulong offset)
    {
        var address = unchecked(BaseOf(bar) + offset);
        return isPort[bar] ? address & ushort.MaxValue : address;
    }

    /// <summary>Where a BAR lies, by its register; 0 if nobody placed it.</summary>
    public ulong BaseOf(int bar)
    {
        if (bases[bar] is { } known) return known;
        var low = ReadConfig(PciConfig.Bar0 + (4 * bar), 4);
        isPort[bar] = (low & IsIo) != 0;
        ulong start = isPort[bar] ? low & ~IoFlags : low & ~MemoryFlags;
        if (!isPort[bar] && (low & Is64Bit) != 0 && bar + 1 < PciConfig.BarCount)
            start |= (ulong)ReadConfig(PciConfig.Bar0 + (4 * (bar + 1)), 4) << 32;
        bases[bar] = start;
        return start;
    }
}
