using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>Bytes and file descriptors over a unix socket.</summary>
public sealed class UnixLinkTests
{
    [Fact]
    public void Bytes_and_descriptors_arrive_together()
    {
        using var pair = new LinkPair();
        using var other = new UnixLink(pair.Peer);
        using var file = MemoryFile.Create(0x1000, isSealed: false);
        RandomAccess.Write(file, [42], 0x10);

        other.Send([1, 2, 3], file, file);
        var bytes = new byte[8];
        var descriptors = new List<SafeFileHandle>();
        Assert.Equal(3, pair.Link.Receive(bytes, descriptors, wait: true));

        Assert.Equal([1, 2, 3], bytes[..3]);
        Assert.Equal(2, descriptors.Count);
        RandomAccess.Read(descriptors[1], bytes.AsSpan(0, 1), 0x10);
        Assert.Equal(42, bytes[0]);
        descriptors.ForEach(descriptor => descriptor.Dispose());
    }

    [Fact]
    public void Nothing_there_and_nobody_there_are_told_apart()
    {
        using var pair = new LinkPair();
        Assert.Equal(-1, pair.Link.Receive(new byte[1], [], wait: false));
        pair.Peer.Dispose();
        Assert.Equal(0, pair.Link.Receive(new byte[1], [], wait: true));
        Assert.Throws<IOException>(() => pair.Link.Send(new byte[1 << 20]));
    }

    [Fact]
    public void Readiness_says_who_can_be_read()
    {
        using var quiet = new LinkPair();
        using var loud = new LinkPair();
        loud.Peer.Send([1]);
        var ready = new bool[3];
        Assert.True(Readiness.Wait([quiet.Link.Descriptor, -1, loud.Link.Descriptor], ready, 10_000));
        Assert.Equal([false, false, true], ready);
        Assert.False(Readiness.Wait([quiet.Link.Descriptor], ready, 0));
    }
}
