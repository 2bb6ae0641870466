using Tracing.Schemas;
using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Pci;

/// <summary>
/// The platform's side of a function's BARs: when what the function decodes changes, the bus's memory map follows.
/// </summary>
internal sealed class BarMapping(GuestMemory memory, PlatformProbes probes, ushort device, RegionAttribute windowAttribute)
{
    private sealed record Placed(ulong Address, MemoryRegion Bar, List<MemoryRegion> Windows);

    private readonly Placed?[] placed = new Placed?[PciConfig.BarCount];
    private readonly ulong[] wanted = new ulong[PciConfig.BarCount];

    /// <summary>Bus address at which a BAR is mapped; null = nowhere.</summary>
    public ulong? AddressOf(int bar) => placed[bar]?.Address;

    /// <summary>Maps a memory BAR at <paramref name="address"/>, or nowhere if that is null.</summary>
    public void Update(
        int bar, BarRegister register, ulong? address, IMemoryBacking? backing, IReadOnlyList<VirtioCapability> windows)
    {
        if (wanted[bar] == (address ?? 0)) return;
        wanted[bar] = address ?? 0;
        if (placed[bar] is { } old)
        {
            foreach (var window in old.Windows) memory.Unmap(window);
            memory.Unmap(old.Bar);
            placed[bar] = null;
        }

        if (address is not { } start) return;
        if (!memory.IsFree(start, register.Bytes))
        {
            probes.Remark($"BAR {bar} at 0x{start:x} + 0x{register.Bytes:x} overlaps other memory and is not mapped", device);
            return;
        }

        var attribute = backing is null ? RegionAttribute.Uncached : windowAttribute;
        var about = new RegionDescription(RegionOrigin.Bar, attribute, device, (byte)bar, Name: $"BAR {bar}");
        var region = backing is null
            ? memory.MapWindow(start, register.Bytes, about)
            : memory.Map(start, backing, about);
        var mapped = new List<MemoryRegion>();
        foreach (var window in windows)
        {
            if (window.Bar != bar || window.Type != CapabilityType.Swiotlb || window.Length == 0) continue;
            if (start > ulong.MaxValue - window.Offset - window.Length) continue;
            mapped.Add(memory.MapWindow(
                start + window.Offset, window.Length, about with { Origin = RegionOrigin.Capability, Name = "SWIOTLB" }));
        }

        placed[bar] = new Placed(start, region, mapped);
    }
}
