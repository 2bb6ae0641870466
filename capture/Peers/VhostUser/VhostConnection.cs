using System.Buffers.Binary;
using Tracing.Peers.Native;

namespace Tracing.Peers.VhostUser;

/// <summary>Whole messages of a front end, and answers back.</summary>
/// <param name="link">The link; disposed of with this.</param>
public sealed class VhostConnection(UnixLink link) : IDisposable
{
    private readonly FramedLink<VhostMessage> framed = new(link);

    /// <summary>For poll.</summary>
    public int Descriptor => framed.Descriptor;

    /// <summary>Whether the peer has closed.</summary>
    public bool IsClosed => framed.IsClosed;

    /// <inheritdoc cref="FramedLink{TMessage}.TryReceive"/>
    public VhostMessage? TryReceive() => framed.TryReceive();

    /// <summary>Answers.</summary>
    /// <exception cref="IOException">The peer has gone.</exception>
    public void Answer(VhostRequest asked, ReadOnlySpan<byte> answer)
    {
        Span<byte> whole = stackalloc byte[VhostMessage.HeaderBytes + VhostMessage.LongestPayload];
        BinaryPrimitives.WriteUInt32LittleEndian(whole, (uint)asked);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[4..], VhostMessage.ReplyFlags);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[8..], (uint)answer.Length);
        answer.CopyTo(whole[VhostMessage.HeaderBytes..]);
        framed.Send(whole[..(VhostMessage.HeaderBytes + answer.Length)]);
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
    public void Dispose() => framed.Dispose();
}
