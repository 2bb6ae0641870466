using Tracing.Peers.Memory;
using Tracing.Peers.VhostUser;
using Tracing.Schemas;
using Tracing.Tests.Virtio;
using Tracing.Virtio;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>Memory that its owner cuts off under a running device: an error of the device, and never a signal.</summary>
public sealed class ShrinkingMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0x2001)]
    [InlineData(0x3003)]
    [InlineData(0x4008)]
    [InlineData(0x5001)]
    [InlineData(0x6000)]
    public async Task A_running_vhost_user_queue_fails_and_the_back_end_goes_on(long left)
    {
        using var bench = new VhostBench();
        using var guest = RequestInMemory.Create(VhostBench.Memory.Guest, isSealed: false);
        using var kick = PassedFile.EventFd(1);
        bench.Say(VhostBench.SettleFeatures);
        bench.Say([new Said(VhostWire.Table(VhostBench.Memory), guest), .. bench.StartOfQueue.Skip(1).SkipLast(1)]);
        await bench.ServeWhatIsThere();
        RandomAccess.SetLength(guest, left);
        bench.Say(bench.StartOfQueue[^1]);
        for (var turn = 0; turn < 20; turn++) bench.Say(VhostWire.Message(VhostRequest.GetFeatures));

        Assert.Null(await bench.Serve());
        Assert.Contains("no memory", bench.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
        Assert.Equal(left, RandomAccess.GetLength(guest));
    }

    [Fact]
    public async Task A_live_PCI_queue_fails_and_the_function_goes_on()
    {
        using var bench = new ProxyBench();
        using var guest = RequestInMemory.Create(ProxyBench.Memory.Guest, isSealed: false);
        var conversation = bench.Conversation.ToList();
        conversation[0] = new Said(ProxyWire.Table(ProxyBench.Memory), guest);
        // Two messages and a reset have no answer of a value, or none at all: the doorbell is what comes behind the rest.
        var doorbell = conversation.FindIndex(said => said.Bytes.SequenceEqual(ProxyWire.WriteBar(ProxyBench.Registers + BareRing.DoorbellOffset(0), 2, 0)));
        bench.Say([.. conversation.Take(3), .. conversation.Skip(4).Take(doorbell - 5)]);
        await bench.ServeAccesses(doorbell - 4);
        RandomAccess.SetLength(guest, 0x1010);
        bench.Say(conversation.Skip(doorbell - 1).ToList());

        Assert.Null(await bench.Serve());
        Assert.Contains("no memory", bench.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
        Assert.NotEqual(DeviceStatus.None, bench.Device.Status & DeviceStatus.NeedsReset);
    }

    [Fact]
    public void Memory_that_a_driver_needs_gives_no_values_when_it_is_gone()
    {
        using var file = RequestInMemory.Create(0, isSealed: false);
        using var memory = new RequiredBacking(PeerMemory.Open(MemoryFile.Duplicate(file), 0, RequestInMemory.Bytes), "a window");
        Assert.True(memory.TryLoad16(0x2002, out var index));
        Assert.Equal(1, index);
        RandomAccess.SetLength(file, 0x2000);

        Assert.Equal("a window: its memory at 0x2002 is gone", Assert.Throws<IOException>(() => memory.TryLoad16(0x2002, out _)).Message);
        Assert.Throws<IOException>(() => memory.TryStore16(0x2002, 0));
        Assert.Throws<IOException>(() => memory.TryRead(0x1fff, new byte[2]));
        Assert.Throws<IOException>(() => memory.TryWrite(0x1fff, new byte[2]));
    }

    [Fact]
    public void Memory_that_cannot_shrink_stays_whole()
    {
        using var guest = RequestInMemory.Create(0, isSealed: true);
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(guest, 0));
        Assert.Equal(RequestInMemory.Bytes, RandomAccess.GetLength(guest));
    }
}
