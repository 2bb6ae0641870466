using System.Buffers.Binary;

namespace Tracing.Peers.Qtest;

/// <summary>
/// Programs the VT-d of a Q35 machine so that one function reaches one window of addresses, each at itself, and nothing else:
/// what a platform does that enforces what SWIOTLB asks for. Formats: Intel Virtualization Technology for Directed I/O §9.1
/// (root entry), §9.3 (context entry), §9.8 (second-level entries), §10.4 (registers).
/// </summary>
public static class VtdWindow
{
    /// <summary>Where the tables lie: below everything that the driver uses of guest memory.</summary>
    private const ulong Tables = 0x20_0000;
    private const ulong TableBytes = 0x1000;

    private const ulong Registers = 0xfed9_0000;
    private const ulong GlobalCommand = Registers + 0x18;
    private const ulong GlobalStatus = Registers + 0x1c;
    private const ulong RootTable = Registers + 0x20;
    private const uint SetRootTable = 1u << 30;
    private const uint EnableTranslation = 1u << 31;

    private const ulong Present = 1;
    private const ulong ReadAndWrite = 3;
    private const ulong LargePage = 1 << 7;
    private const ulong LargePageBytes = 2 << 20;
    private const ulong Domain = 1;

    /// <summary>Three levels, 39 bits: the address width of a context entry.</summary>
    private const ulong ThreeLevels = 1;

    /// <summary>Turns translation on.</summary>
    /// <param name="bus">The machine.</param>
    /// <param name="place">The function, on bus 0.</param>
    /// <param name="start">First byte, a multiple of 2 MiB.</param>
    /// <param name="length">Bytes, a multiple of 2 MiB, within 1 GiB of addresses.</param>
    /// <exception cref="ArgumentException">The window or the function is none that the tables can hold.</exception>
    /// <exception cref="IOException">There is no VT-d, or it did not do as it was told.</exception>
    public static void Confine(QtestBus bus, PciPlace place, ulong start, ulong length)
    {
        if (start % LargePageBytes != 0 || length % LargePageBytes != 0 || length == 0 || start >> 30 != (start + length - 1) >> 30 || start >> 39 != 0)
            throw new ArgumentException($"a window of 0x{length:x} bytes at 0x{start:x} is not made of 2 MiB pages within 1 GiB", nameof(start));
        if (place.Bus != 0) throw new ArgumentException($"the function {place} is not on bus 0", nameof(place));
        var (context, third, second) = (Tables + TableBytes, Tables + (2 * TableBytes), Tables + (3 * TableBytes));
        bus.Write(Tables, new byte[4 * TableBytes]);
        bus.WriteMemory(Tables, 8, context | Present);
        var entry = context + (16UL * (((uint)place.Slot << 3) | place.Function));
        bus.WriteMemory(entry, 8, third | Present);
        bus.WriteMemory(entry + 8, 8, (Domain << 8) | ThreeLevels);
        bus.WriteMemory(third + (8 * (start >> 30)), 8, second | ReadAndWrite);
        bus.Write(second, SecondLevel(start, length));
        bus.WriteMemory(RootTable, 8, Tables);
        Command(bus, SetRootTable);
        Command(bus, EnableTranslation);
    }

    private static byte[] SecondLevel(ulong start, ulong length)
    {
        var table = new byte[TableBytes];
        for (var page = start; page < start + length; page += LargePageBytes)
            BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan((int)(page >> 21 & 511) * 8), page | LargePage | ReadAndWrite);
        return table;
    }

    private static void Command(QtestBus bus, uint command)
    {
        bus.WriteMemory(GlobalCommand, 4, command);
        var status = (uint)bus.ReadMemory(GlobalStatus, 4);
        if (status == uint.MaxValue || (status & command) == 0)
            throw new IOException($"VT-d did not take command 0x{command:x} (status 0x{status:x}): is there an intel-iommu device in this machine?");
    }
}
