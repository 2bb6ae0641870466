using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;

namespace Tracing.Peers;

/// <summary>Whole messages over a link, which brings them in whatever pieces it likes.</summary>
/// <typeparam name="TMessage">The protocol's message.</typeparam>
/// <param name="link">The link; disposed of with this.</param>
internal sealed class FramedLink<TMessage>(UnixLink link) : IDisposable
    where TMessage : class, IFramedMessage<TMessage>
{
    private readonly byte[] bytes = new byte[TMessage.HeaderLength + TMessage.MostPayload];
    private readonly List<SafeFileHandle> descriptors = [];
    private int received;
    private int payload;

    /// <summary>For poll.</summary>
    public int Descriptor => link.Descriptor;

    /// <summary>Whether the peer has closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>
    /// The next message if it is here whole; null if it is not, or if the peer has closed. It is good until the next call;
    /// the caller disposes of its descriptors.
    /// </summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    /// <exception cref="IOException">The link is broken.</exception>
    public TMessage? TryReceive()
    {
        while (received < TMessage.HeaderLength + payload)
        {
            var until = received < TMessage.HeaderLength ? TMessage.HeaderLength : TMessage.HeaderLength + payload;
            var got = link.Receive(bytes.AsSpan(received, until - received), descriptors, wait: false);
            if (got < 0) return null;
            if (got == 0)
            {
                IsClosed = true;
                Drop();
                return received == 0 ? null : throw new InvalidDataException($"the peer closed in the middle of a message, behind {received} bytes");
            }

            received += got;
            // One message may come in as many pieces as it has bytes, and each piece could bring more of them.
            if (descriptors.Count > UnixLink.MostDescriptors) throw Refuse($"one message with {descriptors.Count} descriptors");
            if (received == TMessage.HeaderLength && TMessage.ProblemOf(bytes.AsSpan(0, received), out payload) is { } wrong) throw Refuse(wrong);
        }

        var message = TMessage.Of(bytes.AsSpan(0, TMessage.HeaderLength), bytes.AsMemory(TMessage.HeaderLength, payload), [.. descriptors]);
        if (message.Problem() is { } problem) throw Refuse(problem);
        descriptors.Clear();
        (received, payload) = (0, 0);
        return message;
    }

    /// <summary>Sends bytes.</summary>
    /// <exception cref="IOException">The peer has gone, or does not take them in time.</exception>
    public void Send(ReadOnlySpan<byte> message) => link.Send(message);

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        link.Dispose();
    }

    private InvalidDataException Refuse(string problem)
    {
        Drop();
        return new InvalidDataException($"the peer's message is none of {TMessage.Protocol}: {problem}");
    }

    private void Drop()
    {
        foreach (var descriptor in descriptors) descriptor.Dispose();
        descriptors.Clear();
    }
}
