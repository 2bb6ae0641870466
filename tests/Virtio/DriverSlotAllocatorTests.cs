using Tracing.Virtio.Driver;
using Xunit;

namespace Tracing.Tests.Virtio;

public sealed class DriverSlotAllocatorTests
{
    private const ulong Start = 0x8000_0000;

    [Fact]
    public void Allocations_never_overlap_and_everything_comes_back()
    {
        for (var seed = 0; seed < 20 * TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            var allocator = new SlotAllocator(Start, 64 * SlotAllocator.BounceSlotBytes + 100);
            var live = new List<(ulong Address, ulong Length, uint Owner)>();
            for (uint owner = 1; owner < 500; owner++)
            {
                var length = (ulong)random.Next(1, 9 * SlotAllocator.BounceSlotBytes);
                if (allocator.TryAllocate(length, 16, owner, out var address))
                {
                    Assert.True(address >= Start && address + length <= Start + 64 * SlotAllocator.BounceSlotBytes);
                    Assert.DoesNotContain(live, other => address < other.Address + other.Length && other.Address < address + length);
                    Assert.Equal(owner, allocator.OwnerOf(address + length - 1));
                    live.Add((address, length, owner));
                }
                else
                {
                    Assert.NotEmpty(live);
                }

                while (live.Count > 0 && random.Next(3) == 0)
                {
                    var which = random.Next(live.Count);
                    allocator.Free(live[which].Address, live[which].Length, live[which].Owner);
                    live.RemoveAt(which);
                }
            }

            foreach (var (address, length, owner) in live) allocator.Free(address, length, owner);
            Assert.Equal(64, allocator.FreeSlots);
            Assert.True(allocator.TryAllocate(64 * SlotAllocator.BounceSlotBytes, 16, 1, out _));
        }
    }

    [Fact]
    public void An_allocation_is_found_whenever_one_fits()
    {
        for (var seed = 0; seed < 10 * TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            var allocator = new SlotAllocator(Start, 16 * 64, 64);
            var owners = new uint[16];
            for (uint owner = 1; owner < 300; owner++)
            {
                var slots = random.Next(1, 6);
                var fits = Enumerable.Range(0, 17 - slots).Any(first => owners.AsSpan(first, slots).IndexOfAnyExcept(0u) < 0);
                Assert.Equal(fits, allocator.TryAllocate((ulong)slots * 64, 1, owner, out var address));
                if (fits) owners.AsSpan((int)((address - Start) / 64), slots).Fill(owner);
                var victim = owners[random.Next(16)];
                if (victim == 0 || random.Next(2) == 0) continue;
                var from = Array.IndexOf(owners, victim);
                var count = owners.Count(other => other == victim);
                allocator.Free(Start + (ulong)from * 64, (ulong)count * 64, victim);
                owners.AsSpan(from, count).Clear();
            }
        }
    }

    [Fact]
    public void A_slot_of_another_owner_cannot_be_freed()
    {
        var allocator = new SlotAllocator(Start, 1 << 16);
        Assert.True(allocator.TryAllocate(5000, 1, 7, out var address));
        Assert.Throws<InvalidOperationException>(() => allocator.Free(address, 5000, 8));
    }

    [Theory]
    [InlineData(16u)]
    [InlineData(4096u)]
    [InlineData(16384u)]
    public void Alignment_is_kept(uint alignment)
    {
        var allocator = new SlotAllocator(Start, 1 << 16);
        Assert.True(allocator.TryAllocate(1, 1, 1, out _));
        Assert.True(allocator.TryAllocate(1, alignment, 2, out var address));
        Assert.Equal(0ul, address % alignment);
    }

    [Fact]
    public void A_window_smaller_than_a_slot_has_no_room()
    {
        var allocator = new SlotAllocator(Start, SlotAllocator.BounceSlotBytes - 1);
        Assert.False(allocator.TryAllocate(1, 1, 1, out _));
        Assert.False(allocator.CouldHold(1));
    }
}
