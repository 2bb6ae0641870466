using System.Globalization;

namespace Tracing.Peers.Qtest;

/// <summary>
/// The buses of a PC under qtest: configuration space by the ports 0xcf8 and 0xcfc (PCI 3.0 §3.2.2.3.2), I/O ports, memory.
/// Where QEMU does not answer any more there is no value that could be recorded: every member then throws.
/// </summary>
/// <param name="qtest">QEMU.</param>
/// <exception cref="IOException">From every member: QEMU has gone, does not answer, or refuses.</exception>
public sealed class QtestBus(QtestLink qtest)
{
    private const ushort AddressPort = 0xcf8;
    private const ushort DataPort = 0xcfc;
    private const uint Enable = 1u << 31;

    /// <summary>Looks whether QEMU is still there, while nothing is asked of it.</summary>
    public void Look() => qtest.Look();

    /// <summary>Reads configuration space.</summary>
    public uint ReadConfig(PciPlace place, int offset, int width)
    {
        Select(place, offset);
        return (uint)Number(Port("in", width, DataPort + (offset & 3)), width);
    }

    /// <summary>Writes configuration space.</summary>
    public void WriteConfig(PciPlace place, int offset, int width, uint value)
    {
        Select(place, offset);
        qtest.Ask($"{Port("out", width, DataPort + (offset & 3))} 0x{value:x}");
    }

    /// <summary>Reads an I/O port.</summary>
    public ulong ReadPort(int port, int width) => Number(Port("in", width, port), width);

    /// <summary>Writes an I/O port.</summary>
    public void WritePort(int port, int width, ulong value) => qtest.Ask($"{Port("out", width, port)} 0x{value:x}");

    /// <summary>Reads a number from memory or from a device's registers.</summary>
    public ulong ReadMemory(ulong address, int width) => Number(QtestLink.Command("read", width, address), width);

    /// <summary>Writes a number to memory or to a device's registers.</summary>
    public void WriteMemory(ulong address, int width, ulong value) => qtest.Ask(QtestLink.Command("write", width, address, value));

    /// <summary>Reads bytes of memory. False = that is not what QEMU's answer holds.</summary>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (destination.Length == 0) return true;
        var text = qtest.Ask(string.Create(CultureInfo.InvariantCulture, $"read 0x{address:x} 0x{destination.Length:x}"));
        return text.Length == 2 + (2 * destination.Length)
            && Convert.FromHexString(text.AsSpan(2), destination, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>Writes bytes of memory.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> source)
    {
        if (source.Length == 0) return;
        qtest.Ask(string.Create(
            CultureInfo.InvariantCulture, $"write 0x{address:x} 0x{source.Length:x} 0x{Convert.ToHexStringLower(source)}"));
    }

    private static string Port(string verb, int width, int port)
        => string.Create(CultureInfo.InvariantCulture, $"{verb}{(width switch { 1 => 'b', 2 => 'w', _ => 'l' })} 0x{port:x}");

    private void Select(PciPlace place, int offset)
        => qtest.Ask($"{Port("out", 4, AddressPort)} 0x{Enable | place.Selector | ((uint)offset & 0xfc):x}");

    private ulong Number(string command, int width)
        => qtest.AskNumber(command) & (width >= sizeof(ulong) ? ulong.MaxValue : (1UL << (width * 8)) - 1);
}

/// <summary>Where a PCI function is.</summary>
/// <param name="Bus">Bus, 0 to 255.</param>
/// <param name="Slot">Device on the bus, 0 to 31.</param>
/// <param name="Function">Function of the device, 0 to 7.</param>
public readonly record struct PciPlace(byte Bus, byte Slot, byte Function)
{
    /// <summary>Its bits in the address port.</summary>
    public uint Selector => ((uint)Bus << 16) | ((uint)Slot << 11) | ((uint)Function << 8);

    /// <summary>Reads "00:01.0", with or without a domain in front.</summary>
    public static bool TryParse(string text, out PciPlace place)
    {
        place = default;
        if (text.Length == 12 && text.StartsWith("0000:", StringComparison.Ordinal)) text = text[5..];
        if (text.Length != 7 || text[2] != ':' || text[5] != '.') return false;
        if (!byte.TryParse(text.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bus)
            || !byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var slot)
            || !byte.TryParse(text.AsSpan(6, 1), NumberStyles.None, CultureInfo.InvariantCulture, out var function)
            || slot > 31 || function > 7)
            return false;
        place = new PciPlace(bus, slot, function);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bus:x2}:{Slot:x2}.{Function}");
}
