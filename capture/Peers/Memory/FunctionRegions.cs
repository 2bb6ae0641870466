using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Peers.Memory;

/// <summary>
/// What a function's BARs decode, as the driver's side of the bus knows it: its registers say where, its capability list
/// says which part is the bounce-buffer region. The memory map follows each change.
/// </summary>
/// <param name="memory">The bus.</param>
/// <param name="function">The function; what is read here is not recorded.</param>
/// <param name="device">Its number in the run; null = it is no device of the run.</param>
/// <param name="backings">The bytes of BARs that are memory, where this process has them.</param>
/// <param name="attribute">How this process maps them.</param>
public sealed class FunctionRegions(
    GuestMemory memory, IPciBus function, ushort? device, IReadOnlyDictionary<byte, IMemoryBacking> backings, RegionAttribute attribute)
{
    private sealed record Mapped(BarPlace Place, IReadOnlyList<MemoryRegion> Regions);

    private readonly Dictionary<byte, ulong> sizes = [];
    private readonly Dictionary<byte, Mapped> mapped = [];

    /// <summary>Says how large a memory BAR is: its register alone does not.</summary>
    public void Know(byte bar, ulong bytes) => sizes[bar] = bytes;

    /// <summary>Looks at the registers again and maps what changed.</summary>
    public void Update()
    {
        var isDecoded = (function.ReadConfig(PciConfig.Command, 2) & PciConfig.CommandMemory) != 0;
        foreach (var (bar, bytes) in sizes)
        {
            var start = isDecoded ? Base(bar) : 0;
            mapped.TryGetValue(bar, out var before);
            if (before?.Place.Address == start || (before is null && start == 0)) continue;
            foreach (var region in before?.Regions.Reverse() ?? []) memory.Unmap(region);
            mapped.Remove(bar);
            if (start != 0 && memory.IsFree(start, bytes)) mapped[bar] = new Mapped(new BarPlace(bar, start), [.. Map(bar, start, bytes)]);
        }
    }

    private IEnumerable<MemoryRegion> Map(byte bar, ulong start, ulong bytes)
    {
        var backing = backings.GetValueOrDefault(bar);
        var about = new RegionDescription(
            RegionOrigin.Bar, backing is null ? RegionAttribute.Uncached : attribute, device, bar, Name: $"BAR {bar}");
        yield return backing is null ? memory.MapWindow(start, bytes, about) : memory.Map(start, backing, about);
        if (device is null || Swiotlb() is not { } place || place.Bar != bar) yield break;
        if (place.Offset <= bytes && place.Length <= bytes - place.Offset && place.Length > 0)
            yield return memory.MapWindow(start + place.Offset, place.Length, about with { Origin = RegionOrigin.Capability, Name = "SWIOTLB" });
    }

    private ulong Base(byte bar)
    {
        const uint Is64Bit = 4;
        var low = function.ReadConfig(PciConfig.Bar0 + (4 * bar), 4);
        ulong start = low & ~0xfu;
        if ((low & Is64Bit) != 0 && bar + 1 < PciConfig.BarCount) start |= (ulong)function.ReadConfig(PciConfig.Bar0 + (4 * (bar + 1)), 4) << 32;
        return start;
    }

    /// <summary>The first capability of the bounce-buffer region; the list is the device's, and bounded.</summary>
    private (byte Bar, ulong Offset, ulong Length)? Swiotlb()
    {
        Span<byte> space = stackalloc byte[PciConfig.SizeInBytes];
        for (var offset = 0; offset < space.Length; offset += 4)
            BinaryPrimitives.WriteUInt32LittleEndian(space[offset..], function.ReadConfig(offset, 4));
        var place = space[PciConfig.CapabilitiesPointer] & ~3;
        for (var left = space.Length / 4; left > 0 && place >= 0x40 && place <= space.Length - CapabilityLayout.SizeInBytes; left--)
        {
            if (space[place] == PciConfig.VendorCapability && space[place + CapabilityLayout.Type] == (byte)CapabilityType.Swiotlb)
            {
                return (
                    space[place + CapabilityLayout.Bar],
                    BinaryPrimitives.ReadUInt32LittleEndian(space[(place + CapabilityLayout.Offset)..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(space[(place + CapabilityLayout.Length)..]));
            }

            place = space[place + CapabilityLayout.Next] & ~3;
        }

        return null;
    }

    private readonly record struct BarPlace(byte Bar, ulong Address);
}
