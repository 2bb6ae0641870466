using Tracing.Schemas;

namespace Tracing.Virtio.Memory;

/// <summary>What a region is, apart from where it lies.</summary>
/// <param name="Origin">How the recording knows of it.</param>
/// <param name="Attribute">How the driver's processor maps it.</param>
/// <param name="Device">The device it belongs to; null = system memory.</param>
/// <param name="Bar">The BAR it lies in, if any.</param>
/// <param name="Shared">Whether several devices may use it.</param>
/// <param name="CpuOffset">What to add to a bus address, modulo 2^64, for the processor's own address.</param>
/// <param name="Name">For people.</param>
/// <param name="OtherSpace">The space of that other address: the processor's, or a front end's virtual one.</param>
public sealed record RegionDescription(
    RegionOrigin Origin,
    RegionAttribute Attribute = RegionAttribute.WriteBack,
    ushort? Device = null,
    byte? Bar = null,
    bool Shared = false,
    ulong CpuOffset = 0,
    string? Name = null,
    AddressSpace OtherSpace = AddressSpace.Cpu);

/// <summary>A region at the place where it is mapped. One that moves is a new one with a new <see cref="Id"/>.</summary>
public sealed class MemoryRegion
{
    internal MemoryRegion(ushort id, ulong busBase, ulong length, IMemoryBacking? backing, RegionDescription description)
    {
        Id = id;
        BusBase = busBase;
        Length = length;
        Backing = backing;
        Description = description;
    }

    /// <summary>Its name in the run.</summary>
    public ushort Id { get; }

    /// <summary>First bus address.</summary>
    public ulong BusBase { get; }

    /// <summary>Bytes.</summary>
    public ulong Length { get; }

    /// <summary>First address as the processor sees it.</summary>
    public ulong CpuBase => unchecked(BusBase + Description.CpuOffset);

    /// <summary>The bytes; null for a range that is not memory or that another region backs.</summary>
    public IMemoryBacking? Backing { get; }

    /// <summary>What it is.</summary>
    public RegionDescription Description { get; }

    /// <summary>Whether the whole range lies inside.</summary>
    public bool Contains(ulong address, ulong length)
        => address >= BusBase && length <= Length && address - BusBase <= Length - length;
}
