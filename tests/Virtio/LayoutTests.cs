using Tracing.Virtio.Virtqueue;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>Sizes and places of a split virtqueue's parts, against the formulas of virtio 1.3 §2.7.</summary>
public sealed class LayoutTests
{
    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(8u)]
    [InlineData(256u)]
    [InlineData(32768u)]
    public void Areas_have_the_sizes_of_the_specification(uint entries)
    {
        var size = QueueSize.Of(entries);
        Assert.Equal(16 * (int)entries, SplitLayout.DescriptorAreaBytes(size));
        Assert.Equal(6 + 2 * (int)entries, SplitLayout.DriverAreaBytes(size));
        Assert.Equal(6 + 8 * (int)entries, SplitLayout.DeviceAreaBytes(size));
    }

    [Fact]
    public void Each_word_lies_behind_the_one_before_it()
    {
        var layout = new SplitLayout(QueueSize.Of(4), 0x1000, 0x2000, 0x3000);
        Assert.Equal(0x1030UL, layout.DescriptorAt(3));
        Assert.Equal(0x2000UL, layout.AvailableFlags);
        Assert.Equal(0x2002UL, layout.AvailableIndex);
        Assert.Equal(0x200aUL, layout.AvailableEntryAt(3));
        Assert.Equal(0x200cUL, layout.UsedEvent);
        Assert.Equal(0x3002UL, layout.UsedIndex);
        Assert.Equal(0x301cUL, layout.UsedEntryAt(3));
        Assert.Equal(0x3024UL, layout.AvailableEvent);
        Assert.Equal(layout.UsedEvent + 2, 0x2000UL + (ulong)SplitLayout.DriverAreaBytes(layout.Size));
        Assert.Equal(layout.AvailableEvent + 2, 0x3000UL + (ulong)SplitLayout.DeviceAreaBytes(layout.Size));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(16u)]
    [InlineData(256u)]
    [InlineData(1024u)]
    public void A_legacy_queue_puts_the_used_ring_on_its_own_page(uint entries)
    {
        var size = QueueSize.Of(entries);
        var layout = SplitLayout.Contiguous(size, 0x10000);
        Assert.Equal(0x10000UL + 16 * entries, layout.DriverArea);
        Assert.Equal(0UL, layout.DeviceArea % 4096);
        Assert.InRange(layout.DeviceArea - (layout.DriverArea + (ulong)SplitLayout.DriverAreaBytes(size)), 0UL, 4095UL);
        Assert.Equal(0, SplitLayout.ContiguousBytes(size) % 4096);
        Assert.True(layout.DeviceArea + (ulong)SplitLayout.DeviceAreaBytes(size) <= 0x10000UL + (ulong)SplitLayout.ContiguousBytes(size));
        Assert.True(layout.IsAligned);
    }

    [Fact]
    public void A_queue_at_the_end_of_the_address_space_is_addressable_only_if_it_fits()
    {
        var size = QueueSize.Of(16);
        Assert.False(new SplitLayout(size, ulong.MaxValue - 15, 0x1000, 0x2000).IsAddressable);
        Assert.False(new SplitLayout(size, 0x1000, 0x2000, ulong.MaxValue - 3).IsAddressable);
        Assert.True(new SplitLayout(size, 0x1000, 0x2000, 0x3000).IsAddressable);
    }

    [Fact]
    public void Only_powers_of_two_up_to_32768_are_queue_sizes()
    {
        for (var value = 0u; value <= 70000; value++)
        {
            var isLegal = value is 1 or 2 or 4 or 8 or 16 or 32 or 64 or 128 or 256 or 512 or 1024 or 2048 or 4096 or 8192 or 16384 or 32768;
            Assert.Equal(isLegal, QueueSize.TryCreate(value, out var size));
            if (isLegal) Assert.Equal(value, size.Value);
        }
    }

    [Fact]
    public void Passing_an_event_means_that_its_entry_is_among_the_new_ones()
    {
        ushort[] starts = [0, 1, 2, 32766, 32768, 65530, 65534, 65535];
        foreach (var old in starts)
        {
            for (var moved = 0; moved <= 8; moved++)
            {
                var current = new RingIndex(old).Plus(moved);
                for (var ahead = -4; ahead <= 12; ahead++)
                {
                    var requested = new RingIndex(old).Plus(ahead);
                    var among = Enumerable.Range(0, moved).Any(step => new RingIndex(old).Plus(step) == requested);
                    Assert.Equal(among, current.Passed(requested, new RingIndex(old)));
                }
            }
        }
    }

    [Fact]
    public void Indices_count_modulo_65536()
    {
        Assert.Equal(3, new RingIndex(1).Since(new RingIndex(65534)));
        Assert.Equal(new RingIndex(1), new RingIndex(65534).Plus(3));
        Assert.Equal(0xfffe % 8, QueueSize.Of(8).SlotOf(new RingIndex(0xfffe)));
    }
}
