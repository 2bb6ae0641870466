using System.Buffers.Binary;

namespace Tracing.Virtio.Memory;

/// <summary>
/// The bus address space of a run: regions that can be mapped, unmapped and moved. Regions with bytes do not overlap; a
/// window (no bytes of its own) may lie over them. The platform's probes report every change.
/// </summary>
/// <remarks>Used by one thread at a time, as everything in a simulation.</remarks>
public sealed class GuestMemory(PlatformProbes probes) : IBusMemory
{
    private readonly List<MemoryRegion> regions = [];
    private MemoryRegion[] backed = [];
    private MemoryRegion? recent;
    private ushort lastId;

    /// <summary>Everything mapped now, windows included, in the order of mapping.</summary>
    public IReadOnlyList<MemoryRegion> Regions => regions;

    /// <summary>Maps bytes at <paramref name="busBase"/>.</summary>
    /// <exception cref="ArgumentException">The range is empty, reaches past 2^64 or overlaps other bytes.</exception>
    public MemoryRegion Map(ulong busBase, IMemoryBacking backing, RegionDescription description)
    {
        RequireRange(busBase, backing.Length);
        foreach (var other in backed)
        {
            if (busBase < other.BusBase + other.Length && other.BusBase < busBase + backing.Length)
                throw new ArgumentException($"0x{busBase:x} overlaps the region at 0x{other.BusBase:x}.", nameof(busBase));
        }

        return Add(new MemoryRegion(TakeId(), busBase, backing.Length, backing, description));
    }

    /// <summary>Maps a range that has no bytes of its own: a BAR of registers, or a window into another region.</summary>
    /// <exception cref="ArgumentException">The range is empty or reaches past 2^64.</exception>
    public MemoryRegion MapWindow(ulong busBase, ulong length, RegionDescription description)
    {
        RequireRange(busBase, length);
        return Add(new MemoryRegion(TakeId(), busBase, length, null, description));
    }

    /// <summary>Unmaps a region. Nothing happens if it is not mapped any more.</summary>
    public void Unmap(MemoryRegion region)
    {
        if (!regions.Remove(region)) return;
        Index();
        probes.RegionUnmapped(region);
    }

    /// <summary>Whether bytes could be mapped at this range now.</summary>
    public bool IsFree(ulong busBase, ulong length)
    {
        if (length == 0 || busBase > ulong.MaxValue - length) return false;
        foreach (var other in backed)
        {
            if (busBase < other.BusBase + other.Length && other.BusBase < busBase + length) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination)
        => Find(address, (ulong)destination.Length) is { } region
            ? region.Backing!.TryRead(address - region.BusBase, destination)
            : TryReadPieces(address, destination);

    /// <inheritdoc/>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
        => Find(address, (ulong)source.Length) is { } region
            ? region.Backing!.TryWrite(address - region.BusBase, source)
            : TryWritePieces(address, source);

    /// <inheritdoc/>
    public bool TryLoad16(ulong address, out ushort value)
    {
        // An odd address cannot be loaded at once; such a queue is refused before, and here it must only not crash.
        if (address % 2 == 0 && Find(address, sizeof(ushort)) is { } region && region.BusBase % 2 == 0)
            return region.Backing!.TryLoad16(address - region.BusBase, out value);
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        var read = TryReadPieces(address, bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;
        return read;
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong address, ushort value)
    {
        if (address % 2 == 0 && Find(address, sizeof(ushort)) is { } region && region.BusBase % 2 == 0)
            return region.Backing!.TryStore16(address - region.BusBase, value);
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return TryWritePieces(address, bytes);
    }

    private static void RequireRange(ulong busBase, ulong length)
    {
        if (length == 0 || busBase > ulong.MaxValue - length)
            throw new ArgumentException($"0x{busBase:x} + 0x{length:x} is no range of the bus address space.", nameof(busBase));
    }

    /// <summary>A number that no mapped region has: a driver can move a BAR more often than there are numbers.</summary>
    private ushort TakeId()
    {
        do
        {
            lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);
        }
        while (regions.Exists(region => region.Id == lastId));
        return lastId;
    }

    private MemoryRegion Add(MemoryRegion region)
    {
        regions.Add(region);
        Index();
        probes.RegionMapped(region);
        return region;
    }

    private void Index()
    {
        backed = [.. regions.Where(region => region.Backing is not null)];
        recent = null;
    }

    private MemoryRegion? Find(ulong address, ulong length)
    {
        if (recent is { } last && last.Contains(address, length)) return last;
        foreach (var region in backed)
        {
            if (region.Contains(address, length)) return recent = region;
        }

        return null;
    }

    /// <summary>A range over adjacent regions is legal; each piece goes to its own.</summary>
    private bool TryReadPieces(ulong address, Span<byte> destination)
    {
        if (!IsBacked(address, destination.Length)) return false;
        while (destination.Length > 0)
        {
            var (region, piece) = Piece(address, destination.Length);
            if (!region!.Backing!.TryRead(address - region.BusBase, destination[..piece])) return false;
            destination = destination[piece..];
            address = unchecked(address + (ulong)piece);
        }

        return true;
    }

    private bool TryWritePieces(ulong address, ReadOnlySpan<byte> source)
    {
        if (!IsBacked(address, source.Length)) return false;
        while (source.Length > 0)
        {
            var (region, piece) = Piece(address, source.Length);
            if (!region!.Backing!.TryWrite(address - region.BusBase, source[..piece])) return false;
            source = source[piece..];
            address = unchecked(address + (ulong)piece);
        }

        return true;
    }

    private bool IsBacked(ulong address, int length)
    {
        while (length > 0)
        {
            var (_, piece) = Piece(address, length);
            if (piece == 0) return false;
            length -= piece;
            // Only a range that ends below 2^64 goes on: regions never reach past it, and address zero is not behind it.
            address = unchecked(address + (ulong)piece);
            if (length > 0 && address == 0) return false;
        }

        return true;
    }

    /// <summary>The region at an address, and how much of the range lies in it.</summary>
    private (MemoryRegion? Region, int Bytes) Piece(ulong address, int length)
        => Find(address, 1) is { } region
            ? (region, (int)Math.Min((ulong)length, region.Length - (address - region.BusBase)))
            : (null, 0);
}
