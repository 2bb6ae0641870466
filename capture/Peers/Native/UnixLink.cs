using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.Native;

/// <summary>
/// One end of a unix stream socket that carries bytes and file descriptors: the lowest rung of every protocol here. It
/// knows nothing of messages.
/// </summary>
/// <param name="socket">A connected socket; disposed of with this.</param>
public sealed unsafe class UnixLink(Socket socket) : IDisposable
{
    /// <summary>No protocol here passes more at once.</summary>
    public const int MostDescriptors = 32;

    private const int ControlHeaderBytes = 16;
    private const int ControlBytes = ControlHeaderBytes + (MostDescriptors * sizeof(int));

    /// <summary>Connects to a socket in the file system.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static UnixLink Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new UnixLink(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a descriptor that was inherited, connected.</summary>
    public static UnixLink Inherit(int descriptor) => new(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)));

    /// <summary>How long a peer may leave what is sent to it untaken.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The descriptor, for poll.</summary>
    public int Descriptor => (int)socket.SafeHandle.DangerousGetHandle();

    /// <summary>
    /// Receives up to <paramref name="destination"/>'s length. 0 = the peer has closed; -1 = nothing is there now.
    /// </summary>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="descriptors">Gets the descriptors that came along; the caller disposes of them.</param>
    /// <param name="wait">Whether to wait for the first byte.</param>
    /// <exception cref="IOException">The link is broken, or more descriptors came than any message has.</exception>
    public int Receive(Span<byte> destination, ICollection<SafeFileHandle> descriptors, bool wait)
    {
        var control = stackalloc byte[ControlBytes];
        fixed (byte* bytes = destination)
        {
            var vector = new Libc.IoVector { Base = bytes, Length = (nuint)destination.Length };
            while (true)
            {
                var header = new Libc.MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlBytes };
                var flags = Libc.MsgCloseOnExec | (wait ? 0 : Libc.MsgDontWait);
                var received = Libc.ReceiveMessage(socket.SafeHandle, &header, flags);
                if (received >= 0)
                {
                    TakeDescriptors(header, descriptors);
                    return (int)received;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == Libc.Interrupted) continue;
                if (error == Libc.TryAgain) return -1;
                throw new IOException($"the peer's socket cannot be read: {Libc.LastError()}");
            }
        }
    }

    /// <summary>Sends all bytes, and with the first of them the descriptors, which stay the caller's.</summary>
    /// <exception cref="IOException">The peer has gone, or does not take them in time.</exception>
    public void Send(ReadOnlySpan<byte> source, params ReadOnlySpan<SafeFileHandle> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MostDescriptors);
        var control = stackalloc byte[ControlBytes];
        var controlLength = PutDescriptors(control, descriptors);
        fixed (byte* bytes = source)
        {
            for (var sent = 0; sent < source.Length || controlLength > 0;)
            {
                var vector = new Libc.IoVector { Base = bytes + sent, Length = (nuint)(source.Length - sent) };
                var header = new Libc.MessageHeader
                {
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = controlLength > 0 ? control : null,
                    ControlLength = (nuint)controlLength,
                };
                var done = Libc.SendMessage(socket.SafeHandle, &header, Libc.MsgNoSignal | Libc.MsgDontWait);
                if (done < 0)
                {
                    var error = Marshal.GetLastPInvokeError();
                    if (error == Libc.Interrupted) continue;
                    if (error == Libc.TryAgain)
                    {
                        AwaitRoom(source.Length - sent);
                        continue;
                    }

                    throw new IOException($"the peer's socket cannot be written: {Libc.LastError()}");
                }

                sent += (int)done;
                controlLength = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>A peer that asks and does not listen must not hold us up for ever.</summary>
    private void AwaitRoom(int left)
    {
        var since = Stopwatch.GetTimestamp();
        while (!Readiness.WaitToWrite(Descriptor, (int)Math.Max(1, (Patience - Stopwatch.GetElapsedTime(since)).TotalMilliseconds)))
        {
            if (Stopwatch.GetElapsedTime(since) >= Patience)
                throw new IOException($"the peer has not taken {left} bytes of ours within {Patience.TotalSeconds:0.#} s");
        }
    }

    private static int PutDescriptors(byte* control, ReadOnlySpan<SafeFileHandle> descriptors)
    {
        if (descriptors.Length == 0) return 0;
        var length = ControlHeaderBytes + (descriptors.Length * sizeof(int));
        *(nuint*)control = (nuint)length;
        ((int*)control)[2] = Libc.SolSocket;
        ((int*)control)[3] = Libc.ScmRights;
        for (var index = 0; index < descriptors.Length; index++)
            ((int*)(control + ControlHeaderBytes))[index] = (int)descriptors[index].DangerousGetHandle();
        return (length + sizeof(nuint) - 1) / sizeof(nuint) * sizeof(nuint);
    }

    private static void TakeDescriptors(in Libc.MessageHeader header, ICollection<SafeFileHandle> descriptors)
    {
        var control = header.Control;
        var left = header.ControlLength;
        while (left >= ControlHeaderBytes)
        {
            var length = *(nuint*)control;
            if (length < ControlHeaderBytes || length > left) break;
            var isRights = ((int*)control)[2] == Libc.SolSocket && ((int*)control)[3] == Libc.ScmRights;
            for (var index = 0; isRights && (nuint)(ControlHeaderBytes + ((index + 1) * sizeof(int))) <= length; index++)
                descriptors.Add(new SafeFileHandle(((int*)(control + ControlHeaderBytes))[index], ownsHandle: true));
            var step = Math.Min((length + (nuint)sizeof(nuint) - 1) / (nuint)sizeof(nuint) * (nuint)sizeof(nuint), left);
            control += step;
            left -= step;
        }

        if ((header.Flags & Libc.MsgControlTruncated) == 0) return;
        foreach (var descriptor in descriptors) descriptor.Dispose();
        descriptors.Clear();
        throw new IOException($"the peer passed more than {MostDescriptors} descriptors at once, or more than this process may have");
    }
}
