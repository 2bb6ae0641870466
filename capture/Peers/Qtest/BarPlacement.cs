using Tracing.Virtio.Pci;

namespace Tracing.Peers.Qtest;

/// <summary>A BAR that was given a place.</summary>
/// <param name="Bar">Its number.</param>
/// <param name="Address">Its first address.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsPort">Whether it decodes I/O ports.</param>
public readonly record struct PlacedBar(byte Bar, ulong Address, ulong Bytes, bool IsPort);

/// <summary>
/// Gives BARs their places where no firmware runs: each at a multiple of its size, one behind the other (PCI 3.0 §6.2.5.1).
/// </summary>
/// <param name="firstMemory">First address for memory BARs.</param>
/// <param name="firstPort">First address for I/O BARs.</param>
public sealed class BarPlacement(ulong firstMemory = 0xe000_0000, ulong firstPort = 0xc000)
{
    private const uint IsIo = 1;
    private const uint Is64Bit = 4;
    private ulong nextMemory = firstMemory;
    private ulong nextPort = firstPort;

    /// <summary>Sizes and places all BARs of a function, and switches decoding and bus mastering on.</summary>
    /// <exception cref="IOException">There is no room for what a BAR says of itself, or it says nothing of use.</exception>
    public IReadOnlyList<PlacedBar> Place(IPciBus function)
    {
        var placed = new List<PlacedBar>();
        for (byte bar = 0; bar < PciConfig.BarCount; bar++)
        {
            var offset = PciConfig.Bar0 + (4 * bar);
            function.WriteConfig(offset, 4, uint.MaxValue);
            var mask = function.ReadConfig(offset, 4);
            if (mask is 0 or uint.MaxValue) continue;
            var isPort = (mask & IsIo) != 0;
            // The fixed low bits of the address tell the size.
            ulong bytes = unchecked((uint)-(int)(mask & (isPort ? ~3u : ~0xfu)));
            if (isPort) bytes &= 0xffff;
            ref var next = ref isPort ? ref nextPort : ref nextMemory;
            if (!ulong.IsPow2(bytes)) throw new IOException($"BAR {bar} has the size mask 0x{mask:x}, which is no size");
            var address = (next + bytes - 1) / bytes * bytes;
            next = address + bytes;
            if (next > (isPort ? 1UL << 16 : 1UL << 32)) throw new IOException($"there is no room for BAR {bar} of 0x{bytes:x} bytes");
            function.WriteConfig(offset, 4, (uint)address);
            placed.Add(new PlacedBar(bar, address, bytes, isPort));
            if (isPort || (mask & Is64Bit) == 0) continue;
            function.WriteConfig(offset + 4, 4, 0);
            bar++;
        }

        const ushort Wanted = PciConfig.CommandIo | PciConfig.CommandMemory | PciConfig.CommandBusMaster;
        function.WriteConfig(PciConfig.Command, 2, function.ReadConfig(PciConfig.Command, 2) | Wanted);
        return placed;
    }
}
