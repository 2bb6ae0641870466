using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>What is memory and what is not.</summary>
public sealed class GuestMemoryTests
{
    private readonly RecordingSink sink = new();
    private readonly GuestMemory memory;

    public GuestMemoryTests()
    {
        memory = new GuestMemory(new PlatformProbes(sink));
        memory.Map(0x1000, new ArrayBacking(0x1000), new(RegionOrigin.SystemMemory));
    }

    [Theory]
    [InlineData(0x0fff, 1, false)]
    [InlineData(0x1000, 0x1000, true)]
    [InlineData(0x1fff, 1, true)]
    [InlineData(0x1fff, 2, false)]
    [InlineData(0x2000, 1, false)]
    [InlineData(ulong.MaxValue, 1, false)]
    [InlineData(ulong.MaxValue - 3, 16, false)]
    [InlineData(0, 16, false)]
    public void Only_whole_ranges_of_a_region_are_read_and_written(ulong address, int length, bool isMemory)
    {
        Assert.Equal(isMemory, memory.TryRead(address, new byte[length]));
        Assert.Equal(isMemory, memory.TryWrite(address, new byte[length]));
    }

    [Fact]
    public void A_range_may_cross_into_a_region_that_follows_without_a_gap()
    {
        memory.Map(0x2000, new ArrayBacking(0x10), new(RegionOrigin.SystemMemory));
        Assert.True(memory.TryWrite(0x1ffc, [1, 2, 3, 4, 5, 6, 7, 8]));
        var bytes = new byte[8];
        Assert.True(memory.TryRead(0x1ffc, bytes));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], bytes);
        Assert.False(memory.TryRead(0x1ffc, new byte[0x15]));
    }

    [Fact]
    public void Sixteen_bits_are_little_endian_at_even_and_odd_addresses()
    {
        foreach (var address in new ulong[] { 0x1000, 0x1001, 0x1ffd })
        {
            Assert.True(memory.TryStore16(address, 0x1234));
            var bytes = new byte[2];
            Assert.True(memory.TryRead(address, bytes));
            Assert.Equal([0x34, 0x12], bytes);
            Assert.True(memory.TryLoad16(address, out var value));
            Assert.Equal(0x1234, value);
        }

        Assert.False(memory.TryLoad16(0x1fff, out _));
        Assert.False(memory.TryStore16(ulong.MaxValue, 1));
    }

    [Fact]
    public void A_region_that_moves_is_gone_from_its_old_place_and_has_a_new_id()
    {
        var backing = new ArrayBacking(0x100);
        var description = new RegionDescription(RegionOrigin.Bar, Device: 0, Bar: 2);
        var before = memory.Map(0x8000, backing, description);
        memory.TryWrite(0x8000, [7]);
        memory.Unmap(before);
        var after = memory.Map(0x9000, backing, description);

        Assert.NotEqual(before.Id, after.Id);
        Assert.False(memory.TryRead(0x8000, new byte[1]));
        var bytes = new byte[1];
        Assert.True(memory.TryRead(0x9000, bytes));
        Assert.Equal(7, bytes[0]);
        var kinds = sink.Events.Select(entry => entry.Record.Kind).ToArray();
        Assert.Equal([EventKind.RegionMapped, EventKind.RegionMapped, EventKind.RegionUnmapped, EventKind.RegionMapped], kinds);
        Assert.Equal(0x8000UL, sink.Of(EventKind.RegionUnmapped).Single().Address);
    }

    [Fact]
    public void Bytes_never_overlap_other_bytes_but_windows_may_lie_over_them()
    {
        Assert.Throws<ArgumentException>(() => memory.Map(0x1800, new ArrayBacking(0x1000), new(RegionOrigin.SystemMemory)));
        Assert.Throws<ArgumentException>(() => memory.Map(ulong.MaxValue - 10, new ArrayBacking(0x100), new(RegionOrigin.SystemMemory)));
        var window = memory.MapWindow(0x1800, 0x100, new(RegionOrigin.Declared));
        Assert.True(memory.TryRead(0x1700, new byte[0x200]));
        memory.Unmap(window);
        memory.Unmap(window);
        Assert.True(memory.TryRead(0x1700, new byte[0x200]));
        Assert.Single(sink.Of(EventKind.RegionUnmapped));
    }

    [Fact]
    public void What_the_platform_says_fits_a_record()
    {
        memory.MapWindow(0x1800, 0x100, new(RegionOrigin.Capability, RegionAttribute.WriteCombining, 3, 2, true, CpuOffset: 0x10, "window"));
        var record = sink.Of(EventKind.RegionMapped).Last();
        Assert.Equal(0x1800UL, record.Address);
        Assert.Equal(0x1810UL, record.Target);
        Assert.Equal((ushort)2, record.Slot);
        Assert.Equal((ushort)3, record.Device);
        Assert.Equal(RegionAttribute.WriteCombining, record.RegionAttribute);
        Assert.Equal(RegionOrigin.Capability, record.RegionOrigin);
        Assert.True(record.RegionShared);
        Assert.NotNull(record.RegionId);
    }
}
