using Tracing.Schemas;
using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Driver;

/// <summary>
/// The memory that the driver hands to the device during one epoch: where it comes from, and the copies between bounce
/// slots and the driver's own buffers.
/// </summary>
internal sealed class DriverMemory
{
    private const int AreaSlack = 64; // Room for an area address that a conduct moves by a little.
    private readonly IBusMemory memory;
    private readonly MemoryPolicy policy;
    private readonly DriverConduct conduct;
    private readonly SlotAllocator? pool;
    private readonly SlotAllocator system;
    private readonly Func<uint> nextId;
    private byte[] scratch = new byte[4096];
    private bool confined;

    public DriverMemory(
        IBusMemory memory, MemoryPolicy policy, DriverConduct conduct, Window? pool, SlotAllocator system, Func<uint> nextId)
    {
        this.memory = memory;
        this.policy = policy;
        this.conduct = conduct;
        this.system = system;
        this.nextId = nextId;
        this.pool = pool is { } window ? new(window.Start, window.Length) : null;
    }

    /// <summary>Whether the pool is the region that the exemption speaks of.</summary>
    public bool PoolIsRegion => pool is not null && policy.PoolIsRegion;

    /// <summary>A buffer of <paramref name="length"/> bytes for short use.</summary>
    public Span<byte> Scratch(int length)
    {
        if (scratch.Length < length) scratch = new byte[length];
        return scratch.AsSpan(0, length);
    }

    /// <summary>Obtains a queue area. False = there is no room for it.</summary>
    public bool TryMapArea(
        in MemoryUse use, uint length, uint alignment, DriverProbes probes, out Mapping mapping)
    {
        var place = PlaceOf(use);
        var id = nextId();
        mapping = new Mapping { Id = id, Part = use.Part, Direction = Direction.Bidirectional, Length = length, Place = place };
        var from = place == Place.Pool ? pool : system;
        if (from is null || !from.TryAllocate(length + AreaSlack, alignment, id, out var address)) return false;
        mapping.Allocated = address;
        mapping.Address = conduct.AreaAddress(use, length, address);
        mapping.IsLive = true;
        probes.Map(use.Queue, mapping);
        return true;
    }

    /// <summary>Gives a queue area up.</summary>
    public void UnmapArea(ushort queue, ref Mapping mapping, DriverProbes probes)
    {
        if (!mapping.IsLive) return;
        probes.Unmap(queue, mapping);
        (mapping.Place == Place.Pool ? pool! : system).Free(mapping.Allocated, mapping.Length + AreaSlack, mapping.Id);
        mapping.IsLive = false;
    }

    /// <summary>
    /// Reserves memory for one buffer of a request; nothing is recorded yet. False = no room now.
    /// </summary>
    /// <param name="use">What for.</param>
    /// <param name="original">The driver's own buffer, which lies in system memory.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="direction">Which way data moves.</param>
    /// <param name="mapping">The mapping.</param>
    public bool TryReserve(in MemoryUse use, ulong original, uint length, Direction direction, out Mapping mapping)
    {
        var place = PlaceOf(use);
        var id = nextId();
        var allocated = original;
        if (place == Place.Pool && (pool is null || !pool.TryAllocate(length, 1, id, out allocated)))
        {
            if (confined || !policy.FallsBack)
            {
                mapping = default;
                return false;
            }

            place = Place.System;
            allocated = original;
        }

        // Driver memory that is not copied is its own original; a table has none, as it is written where it lies.
        mapping = new Mapping
        {
            Id = id,
            Part = use.Part,
            Direction = direction,
            Length = length,
            Place = place,
            Original = use.Part == Part.IndirectTable ? null : original,
            Allocated = allocated,
            Address = conduct.MappedAddress(use, length, allocated),
            IsLive = true,
        };
        return true;
    }

    /// <summary>VIRTIO_F_SWIOTLB was accepted: whatever the policy prefers, all memory comes from the pool.</summary>
    public void ConfineToPool() => confined = true;

    /// <summary>Gives a buffer's memory back; the caller has recorded the unmapping.</summary>
    public void Release(ref Mapping mapping)
    {
        if (!mapping.IsLive) return;
        if (mapping.Place == Place.Pool) pool!.Free(mapping.Allocated, mapping.Length, mapping.Id);
        mapping.IsLive = false;
    }

    /// <summary>
    /// Copies the driver's buffer into the bounce slot, for both directions: what a slot held before must not reach the
    /// device, nor come back as if the device had written it.
    /// </summary>
    public void CopyIn(in MemoryUse use, in Mapping mapping, DriverProbes probes)
    {
        var length = conduct.CopyLength(use, Direction.ToDevice, mapping.Length);
        probes.BounceCopy(use.Queue, mapping, Direction.ToDevice, length);
        Move(mapping.Original ?? mapping.Address, mapping.Address, length);
    }

    /// <summary>Copies the bounce slot back into the driver's buffer: the mapping's length, whatever the device claims.</summary>
    public void CopyOut(in MemoryUse use, in Mapping mapping, DriverProbes probes)
    {
        var length = conduct.CopyLength(use, Direction.FromDevice, mapping.Length);
        Move(mapping.Address, mapping.Original ?? mapping.Address, length);
        probes.BounceCopy(use.Queue, mapping, Direction.FromDevice, length);
    }

    /// <summary>Reads memory as a processor does: what reaches nothing gives all ones.</summary>
    public void Read(ulong address, Span<byte> bytes)
    {
        if (!memory.TryRead(address, bytes)) bytes.Fill(0xff);
    }

    /// <summary>Writes memory as a processor does: what reaches nothing is lost.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> bytes) => _ = memory.TryWrite(address, bytes);

    /// <summary>Loads 16 bits.</summary>
    public ushort Load16(ulong address) => memory.TryLoad16(address, out var value) ? value : ushort.MaxValue;

    /// <summary>Performs a barrier, and a memory model's.</summary>
    public void Perform(BarrierKind kind)
    {
        kind.Perform();
        (memory as IFencedMemory)?.Fence(kind);
    }

    /// <summary>Stores 16 bits.</summary>
    public void Store16(ulong address, ushort value) => _ = memory.TryStore16(address, value);

    private Place PlaceOf(in MemoryUse use)
        => conduct.PlaceOf(use, confined ? Place.Pool : policy.PlaceOf(use));

    private void Move(ulong from, ulong to, uint length)
    {
        var bytes = Scratch((int)length);
        Read(from, bytes);
        Write(to, bytes);
    }
}
