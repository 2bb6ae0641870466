using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;

namespace Tracing.Peers.VhostUser;

/// <summary>Whole messages of a front end, and answers back.</summary>
/// <param name="link">The link; disposed of with this.</param>
public sealed class VhostConnection(UnixLink link) : IDisposable
{
    private readonly byte[] bytes = new byte[VhostMessage.HeaderBytes + VhostMessage.LongestPayload];
    private readonly List<SafeFileHandle> descriptors = [];
    private VhostRequest request;
    private uint flags;
    private int received;
    private int payload;

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
    public VhostMessage? TryReceive()
    {
        while (received < VhostMessage.HeaderBytes + payload || received == 0)
        {
            var until = received < VhostMessage.HeaderBytes ? VhostMessage.HeaderBytes : VhostMessage.HeaderBytes + payload;
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
            if (received == VhostMessage.HeaderBytes && VhostMessage.ProblemOf(bytes, out request, out flags, out payload) is { } wrong) throw Refuse(wrong);
        }

        var message = new VhostMessage(request, flags, bytes.AsMemory(VhostMessage.HeaderBytes, payload), [.. descriptors]);
        if (message.Problem() is { } problem) throw Refuse(problem);
        descriptors.Clear();
        (received, payload) = (0, 0);
        return message;
    }

    /// <summary>Answers.</summary>
    /// <exception cref="IOException">The peer has gone.</exception>
    public void Answer(VhostRequest asked, ReadOnlySpan<byte> answer)
    {
        Span<byte> whole = stackalloc byte[VhostMessage.HeaderBytes + VhostMessage.LongestPayload];
        BinaryPrimitives.WriteUInt32LittleEndian(whole, (uint)asked);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[4..], VhostMessage.ReplyFlags);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[8..], (uint)answer.Length);
        answer.CopyTo(whole[VhostMessage.HeaderBytes..]);
        link.Send(whole[..(VhostMessage.HeaderBytes + answer.Length)]);
    }

    /// <summary>Answers with a number.</summary>
    /// <exception cref="IOException">The peer has gone.</exception>
    public void Answer(VhostRequest asked, ulong number)
    {
        Span<byte> answer = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(answer, number);
        Answer(asked, answer);
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
        return new InvalidDataException($"the peer's message is none of vhost-user: {problem}");
    }

    private void Drop()
    {
        foreach (var descriptor in descriptors) descriptor.Dispose();
        descriptors.Clear();
    }
}
