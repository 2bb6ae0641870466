using System.Net.Sockets;
using Tracing.Peers.Native;

namespace Tracing.Tests.Peers;

/// <summary>Two ends of a unix socket in a folder of its own: ours, and the peer's as a plain socket.</summary>
internal sealed class LinkPair : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("peers-");

    public LinkPair()
    {
        var path = Path.Combine(folder.FullName, "peer.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        Link = UnixLink.Connect(path);
        Peer = listener.Accept();
    }

    public UnixLink Link { get; }

    public Socket Peer { get; }

    public void Dispose()
    {
        Link.Dispose();
        Peer.Dispose();
        folder.Delete(recursive: true);
    }
}
