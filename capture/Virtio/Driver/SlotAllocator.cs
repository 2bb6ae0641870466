namespace Tracing.Virtio.Driver;

/// <summary>
/// Gives out runs of equal slots of a window, lowest first, and knows who owns each slot. Memory that does not suffice is
/// an answer, not an error: the caller waits until something is freed.
/// </summary>
public sealed class SlotAllocator
{
    /// <summary>Bytes of a bounce slot, as in Linux' swiotlb.</summary>
    public const int BounceSlotBytes = 2048;

    private readonly uint[] owners;
    private readonly ulong start;
    private readonly uint slotBytes;
    private int lowestFree;
    private int refusedSlots = int.MaxValue;

    /// <summary>All of a window; a rest that is smaller than a slot is not used.</summary>
    public SlotAllocator(ulong start, ulong length, uint slotBytes = BounceSlotBytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(slotBytes);
        var slots = length / slotBytes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, 1ul << 28, nameof(length));
        this.start = start;
        this.slotBytes = slotBytes;
        owners = new uint[(int)slots];
        FreeSlots = owners.Length;
    }

    /// <summary>How many slots nobody owns.</summary>
    public int FreeSlots { get; private set; }

    /// <summary>How many slots there are.</summary>
    public int Slots => owners.Length;

    /// <summary>Whether the window could hold <paramref name="length"/> bytes if it were empty.</summary>
    public bool CouldHold(ulong length) => length <= (ulong)owners.Length * slotBytes;

    /// <summary>Who owns the slot that holds <paramref name="address"/>; 0 = nobody, or no slot.</summary>
    public uint OwnerOf(ulong address)
        => address >= start && (address - start) / slotBytes < (ulong)owners.Length
            ? owners[(int)((address - start) / slotBytes)]
            : 0;

    /// <summary>Takes contiguous slots for <paramref name="length"/> bytes at a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="length">Bytes; at least one slot is taken.</param>
    /// <param name="alignment">A power of two.</param>
    /// <param name="owner">Who; not 0.</param>
    /// <param name="address">Where, if there was room.</param>
    public bool TryAllocate(ulong length, uint alignment, uint owner, out ulong address)
    {
        ArgumentOutOfRangeException.ThrowIfZero(owner);
        address = 0;
        if (!CouldHold(length)) return false;
        var wanted = SlotsFor(length);
        if (wanted > FreeSlots || wanted >= refusedSlots) return false;

        var run = 0;
        for (var slot = lowestFree; slot < owners.Length; slot++)
        {
            if (owners[slot] != 0)
            {
                run = 0;
                continue;
            }

            // A run begins only where the alignment allows it.
            if (run == 0 && (AddressOf(slot) & (alignment - 1)) != 0) continue;
            if (++run < wanted) continue;
            Take(slot - wanted + 1, wanted, owner);
            address = AddressOf(slot - wanted + 1);
            return true;
        }

        // Until something is freed, the same question has the same answer.
        if (alignment <= slotBytes && start % slotBytes == 0) refusedSlots = wanted;
        return false;
    }

    /// <summary>Gives slots back.</summary>
    /// <exception cref="InvalidOperationException">One of them is not the owner's: the driver's own bookkeeping is wrong.</exception>
    public void Free(ulong address, ulong length, uint owner)
    {
        var first = (int)((address - start) / slotBytes);
        var count = SlotsFor(length);
        for (var slot = first; slot < first + count; slot++)
        {
            if (owners[slot] != owner)
            {
                throw new InvalidOperationException(
                    $"Slot {slot} at 0x{AddressOf(slot):x} belongs to mapping {owners[slot]}, mapping {owner} frees it.");
            }

            owners[slot] = 0;
        }

        FreeSlots += count;
        lowestFree = Math.Min(lowestFree, first);
        refusedSlots = int.MaxValue;
    }

    private int SlotsFor(ulong length) => Math.Max(1, (int)((length + slotBytes - 1) / slotBytes));

    private ulong AddressOf(int slot) => start + (ulong)slot * slotBytes;

    private void Take(int first, int count, uint owner)
    {
        owners.AsSpan(first, count).Fill(owner);
        FreeSlots -= count;
        if (first != lowestFree) return;
        lowestFree += count;
        while (lowestFree < owners.Length && owners[lowestFree] != 0) lowestFree++;
    }
}
