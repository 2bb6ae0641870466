using Tracing.Peers.Memory;
using Tracing.Schemas;
using Tracing.Tests.Virtio;
using Tracing.Virtio.Memory;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>The guest's memory table: what stays is left alone, what is wrong is refused, memory works whichever way.</summary>
public sealed class GuestRangesTests : IDisposable
{
    private readonly RecordingSink sink = new();
    private readonly GuestMemory memory;
    private readonly GuestRanges ranges;

    public GuestRangesTests()
    {
        memory = new GuestMemory(new PlatformProbes(sink));
        ranges = new GuestRanges(memory);
    }

    public void Dispose() => ranges.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_of_a_table_can_be_read_and_written(bool isSealed)
    {
        using var file = MemoryFile.Create(0x4000, isSealed);
        ranges.Replace([(new GuestRange(0x10000, 0x2000, 0x1000, 0x10000), MemoryFile.Duplicate(file))]);

        Assert.True(memory.TryWrite(0x10010, [5]));
        var seen = new byte[1];
        RandomAccess.Read(file, seen, 0x1010);
        Assert.Equal(5, seen[0]);
        Assert.False(memory.TryRead(0x12000, seen));
    }

    [Fact]
    public void What_did_not_change_stays_mapped_as_it_is()
    {
        using var file = MemoryFile.Create(0x4000, isSealed: true);
        var (low, high) = (new GuestRange(0, 0x1000, 0, 0), new GuestRange(0x8000, 0x1000, 0x1000, 0x8000));
        ranges.Replace([(low, MemoryFile.Duplicate(file)), (high, MemoryFile.Duplicate(file))]);
        ranges.Replace([(low, MemoryFile.Duplicate(file))]);
        ranges.Replace([(low, MemoryFile.Duplicate(file)), (high, MemoryFile.Duplicate(file))]);

        Assert.Equal(
            [EventKind.RegionMapped, EventKind.RegionMapped, EventKind.RegionUnmapped, EventKind.RegionMapped],
            sink.Events.Select(entry => entry.Record.Kind));
        Assert.Equal([low, high], ranges.Current);
    }

    [Fact]
    public void A_range_that_is_none_is_refused_with_a_reason()
    {
        using var file = MemoryFile.Create(0x2000, isSealed: true);
        var error = Assert.Throws<InvalidDataException>(() => ranges.Replace([(new GuestRange(0, 0x4000, 0, 0), MemoryFile.Duplicate(file))]));
        Assert.Contains("of a file of 0x2000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ranges.Replace([(new GuestRange(ulong.MaxValue - 8, 0x1000, 0, 0), MemoryFile.Duplicate(file))]));
        Assert.Throws<InvalidDataException>(() => ranges.Replace([(new GuestRange(0, ulong.MaxValue, 0, 0), MemoryFile.Duplicate(file))]));
        var overlapping = Assert.Throws<InvalidDataException>(() => ranges.Replace(
            [(new GuestRange(0, 0x1000, 0, 0), MemoryFile.Duplicate(file)), (new GuestRange(0x800, 0x1000, 0, 0), MemoryFile.Duplicate(file))]));
        Assert.Contains("overlaps", overlapping.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_ranges_come_and_go()
    {
        using var file = MemoryFile.Create(0x2000, isSealed: false);
        ranges.Add(new GuestRange(0x5000, 0x1000, 0, 0x7f00_0000_5000), MemoryFile.Duplicate(file));
        Assert.Equal(0x7f00_0000_5000UL, sink.Of(EventKind.RegionMapped).Single().Target);
        Assert.True(memory.TryStore16(0x5000, 1));
        Assert.False(ranges.Remove(0x5000, 0x2000));
        Assert.True(ranges.Remove(0x5000, 0x1000));
        Assert.False(memory.TryStore16(0x5000, 1));
    }
}
