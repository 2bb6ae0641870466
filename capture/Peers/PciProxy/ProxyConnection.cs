using System.Buffers.Binary;
using Tracing.Peers.Native;

namespace Tracing.Peers.PciProxy;

/// <summary>Whole messages over the link, and answers back.</summary>
/// <param name="link">The link; disposed of with this.</param>
public sealed class ProxyConnection(UnixLink link) : IDisposable
{
    private readonly FramedLink<ProxyMessage> framed = new(link);

    /// <summary>For poll.</summary>
    public int Descriptor => framed.Descriptor;

    /// <summary>Whether the peer has closed.</summary>
    public bool IsClosed => framed.IsClosed;

    /// <inheritdoc cref="FramedLink{TMessage}.TryReceive"/>
    public ProxyMessage? TryReceive() => framed.TryReceive();

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
        framed.Send(value is null ? bytes[..ProxyMessage.HeaderBytes] : bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => framed.Dispose();
}
