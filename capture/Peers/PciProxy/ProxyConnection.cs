using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;

namespace Tracing.Peers.PciProxy;

/// <summary>Whole messages over the link, and answers back.</summary>
/// <param name="link">The link; disposed of with this.</param>
public sealed class ProxyConnection(UnixLink link) : IDisposable
{
    private readonly byte[] header = new byte[ProxyMessage.HeaderBytes];
    private readonly byte[] payload = new byte[ProxyMessage.LongestPayload];
    private readonly List<SafeFileHandle> descriptors = [];
    private ProxyCommand command;
    private int received;
    private int payloadBytes;

    /// <summary>For poll.</summary>
    public int Descriptor => link.Descriptor;

    /// <summary>Whether the peer has closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>
    /// The next message if it is here whole; null if it is not, or if the peer has closed. The caller disposes of its
    /// descriptors.
    /// </summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    /// <exception cref="IOException">The link is broken.</exception>
    public ProxyMessage? TryReceive()
    {
        while (true)
        {
            var isHeader = received < header.Length;
            var rest = isHeader ? header.AsSpan(received) : payload.AsSpan(received - header.Length, header.Length + payloadBytes - received);
            if (rest.Length > 0)
            {
                var got = link.Receive(rest, descriptors, wait: false);
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
                if (received == header.Length && ProxyMessage.ProblemOf(header, out command, out payloadBytes) is { } wrong) throw Refuse(wrong);
                if (received < header.Length + payloadBytes) continue;
            }

            var message = new ProxyMessage(command, payload.AsMemory(0, payloadBytes), [.. descriptors]);
            if (message.Problem() is { } problem) throw Refuse(problem);
            descriptors.Clear();
            (received, payloadBytes) = (0, 0);
            return message;
        }
    }

    /// <summary>Answers.</summary>
    /// <param name="value">The value; null = the answer to a reset, which has none.</param>
    /// <exception cref="IOException">The peer has gone.</exception>
    public void Answer(ulong? value)
    {
        Span<byte> bytes = stackalloc byte[ProxyMessage.HeaderBytes + sizeof(ulong)];
        bytes.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)ProxyCommand.Return);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], value is null ? 0UL : sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[ProxyMessage.HeaderBytes..], value.GetValueOrDefault());
        link.Send(value is null ? bytes[..ProxyMessage.HeaderBytes] : bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        link.Dispose();
    }

    private InvalidDataException Refuse(string problem)
    {
        Drop();
        return new InvalidDataException($"the peer's message is none of the proxy protocol: {problem}");
    }

    private void Drop()
    {
        foreach (var descriptor in descriptors) descriptor.Dispose();
        descriptors.Clear();
    }
}
