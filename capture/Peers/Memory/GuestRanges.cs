using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;
using Tracing.Schemas;
using Tracing.Virtio.Memory;

namespace Tracing.Peers.Memory;

/// <summary>
/// A guest's memory as its VMM passes it: a table of ranges, each a part of a file. A new table replaces the old one; only
/// what changed is mapped and unmapped, so that the recording shows real changes.
/// </summary>
/// <param name="memory">The bus on which the ranges appear.</param>
/// <param name="otherSpace">The space of a range's other address.</param>
public sealed class GuestRanges(GuestMemory memory, AddressSpace otherSpace = AddressSpace.Cpu) : IDisposable
{
    private sealed record Range(GuestRange Place, FileIdentity File, IDisposableBacking Backing, MemoryRegion Region);

    private readonly List<Range> ranges = [];

    /// <summary>The ranges as they are now.</summary>
    public IEnumerable<GuestRange> Current => ranges.Select(range => range.Place);

    /// <summary>Takes a whole new table.</summary>
    /// <param name="table">The ranges; their descriptors are taken over.</param>
    /// <exception cref="InvalidDataException">A range is none, overlaps another, or its file does not have it.</exception>
    public void Replace(IReadOnlyList<(GuestRange Place, SafeFileHandle File)> table)
    {
        var left = table.Select(entry => entry.File).ToList();
        try
        {
            var fresh = table.Select(entry => (entry.Place, Identity: FileIdentity.Of(entry.File), entry.File)).ToList();
            foreach (var gone in ranges.Where(range => !fresh.Exists(entry => entry.Place == range.Place && entry.Identity == range.File)).ToList())
                Remove(gone);
            foreach (var (place, identity, file) in fresh)
            {
                if (ranges.Exists(range => range.Place == place && range.File == identity)) continue;
                left.Remove(file);
                Map(place, identity, file);
            }
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            throw new InvalidDataException($"the peer's memory table cannot be used: {exception.Message}", exception);
        }
        finally
        {
            foreach (var file in left) file.Dispose();
        }
    }

    /// <summary>Adds one range; its descriptor is taken over.</summary>
    /// <exception cref="InvalidDataException">It is none, overlaps another, or its file does not have it.</exception>
    public void Add(GuestRange place, SafeFileHandle file)
    {
        try
        {
            Map(place, FileIdentity.Of(file), file);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            file.Dispose();
            throw new InvalidDataException($"the peer's memory region cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Removes the range at a guest address. False = there is none of this size there.</summary>
    public bool Remove(ulong address, ulong bytes)
    {
        if (ranges.Find(range => range.Place.Address == address && range.Place.Bytes == bytes) is not { } found) return false;
        Remove(found);
        return true;
    }

    /// <summary>The guest address of what the peer sees at an address of its own; null if no range is there.</summary>
    public ulong? Translate(ulong address)
    {
        foreach (var range in ranges)
        {
            if (address >= range.Place.Virtual && address - range.Place.Virtual < range.Place.Bytes)
                return range.Place.Address + (address - range.Place.Virtual);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var range in ranges.ToList()) Remove(range);
    }

    /// <summary>Maps a range, and takes over its file in any case.</summary>
    private void Map(GuestRange place, FileIdentity identity, SafeFileHandle file)
    {
        if (place.Bytes is 0 or > long.MaxValue)
        {
            file.Dispose();
            throw new ArgumentException($"a range of 0x{place.Bytes:x} bytes at 0x{place.Address:x}");
        }

        var backing = PeerMemory.Open(file, place.Offset, (long)place.Bytes);
        try
        {
            var about = new RegionDescription(
                RegionOrigin.SystemMemory, CpuOffset: unchecked(place.Virtual - place.Address), Name: backing.IsMapped ? "guest memory" : "guest memory, by copying", OtherSpace: otherSpace);
            ranges.Add(new Range(place, identity, backing, memory.Map(place.Address, backing, about)));
        }
        catch
        {
            backing.Dispose();
            throw;
        }
    }

    private void Remove(Range range)
    {
        ranges.Remove(range);
        memory.Unmap(range.Region);
        range.Backing.Dispose();
    }
}

/// <summary>A range of guest memory.</summary>
/// <param name="Address">Its guest physical address.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Offset">Where it begins in its file.</param>
/// <param name="Virtual">Where the peer has mapped it; the guest address if the peer does not say.</param>
public readonly record struct GuestRange(ulong Address, ulong Bytes, long Offset, ulong Virtual);
