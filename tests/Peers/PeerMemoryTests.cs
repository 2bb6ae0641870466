using Tracing.Peers.Memory;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>Another process's memory: mapped where it cannot shrink, copied where it can, and never a reason to die.</summary>
public sealed class PeerMemoryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_one_side_writes_the_other_reads(bool isSealed)
    {
        using var file = MemoryFile.Create(0x4000, isSealed);
        using var memory = PeerMemory.Open(MemoryFile.Duplicate(file), 0x1100, 0x2000);
        Assert.Equal(isSealed, memory.IsMapped);

        Assert.True(memory.TryWrite(0x10, [1, 2, 3]));
        Assert.True(memory.TryStore16(0x20, 0x1234));
        var seen = new byte[3];
        RandomAccess.Read(file, seen, 0x1110);
        Assert.Equal([1, 2, 3], seen);
        RandomAccess.Write(file, [0x78, 0x56], 0x1130);
        Assert.True(memory.TryLoad16(0x30, out var word));
        Assert.Equal(0x5678, word);
        var last = new byte[1];
        Assert.True(memory.TryRead(0x1fff, last));
    }

    [Fact]
    public void Memory_that_is_cut_off_is_no_memory_any_more_and_does_not_grow_back()
    {
        using var file = MemoryFile.Create(0x4000, isSealed: false);
        using var memory = PeerMemory.Open(MemoryFile.Duplicate(file), 0, 0x4000);
        RandomAccess.SetLength(file, 0x1000);

        Assert.False(memory.TryRead(0x1000, new byte[1]));
        Assert.False(memory.TryRead(0xfff, new byte[2]));
        Assert.False(memory.TryWrite(0x2000, [1]));
        Assert.False(memory.TryLoad16(0x2000, out _));
        Assert.False(memory.TryStore16(0x2000, 1));
        Assert.True(memory.TryRead(0xfff, new byte[1]));
        Assert.Equal(0x1000, RandomAccess.GetLength(file));
    }

    [Fact]
    public void Memory_that_was_given_back_is_not_touched()
    {
        using var file = MemoryFile.Create(0x1000, isSealed: true);
        var memory = PeerMemory.Open(MemoryFile.Duplicate(file), 0, 0x1000);
        memory.Dispose();
        memory.Dispose();
        Assert.False(memory.TryRead(0, new byte[1]));
        Assert.False(memory.TryStore16(0, 1));
    }

    [Theory]
    [InlineData(0, 0x1001)]
    [InlineData(0xfff, 2)]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(long.MaxValue, 1)]
    public void A_region_that_its_file_does_not_have_is_refused(long offset, long length)
    {
        using var file = MemoryFile.Create(0x1000, isSealed: true);
        Assert.Throws<IOException>(() => PeerMemory.Open(MemoryFile.Duplicate(file), offset, length));
    }
}
