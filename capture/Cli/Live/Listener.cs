using System.Net.Sockets;
using Tracing.Peers.Native;

namespace Tracing.Capture.Cli.Live;

/// <summary>Waits at a unix socket for one peer.</summary>
internal static class Listener
{
    private const int LookMilliseconds = 50;

    /// <summary>A path at which one can listen, before anything is recorded.</summary>
    /// <exception cref="UsageException">It is longer than a socket's can be.</exception>
    public static string Checked(string path)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return path;
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--listen {path}: {exception.Message}");
        }
    }

    /// <summary>The peer, or null if <paramref name="token"/> ended the waiting. The socket's file is gone then.</summary>
    /// <exception cref="SocketException">Nobody can listen there.</exception>
    public static UnixLink? Accept(string path, TextWriter error, CancellationToken token)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            listener.Listen(1);
            error.Say($"waiting at {path}");
            var ready = new bool[1];
            while (!token.IsCancellationRequested)
            {
                if (Readiness.Wait([(int)listener.SafeHandle.DangerousGetHandle()], ready, LookMilliseconds)) return new UnixLink(listener.Accept());
            }

            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
