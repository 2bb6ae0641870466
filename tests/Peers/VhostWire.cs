using System.Buffers.Binary;
using Tracing.Peers.VhostUser;

namespace Tracing.Tests.Peers;

/// <summary>Messages of a vhost-user front end, byte for byte, right or wrong.</summary>
internal static class VhostWire
{
    /// <summary>Version 1, no answer wanted.</summary>
    public const uint Plain = 1;

    /// <summary>Version 1, an acknowledgement wanted.</summary>
    public const uint NeedsReply = 1 | (1 << 3);

    public static byte[] Header(uint request, uint flags, uint bytes)
    {
        var header = new byte[VhostMessage.HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, request);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), bytes);
        return header;
    }

    /// <summary>A message whose payload is these 64-bit words.</summary>
    public static byte[] Message(VhostRequest request, params ReadOnlySpan<ulong> words) => MessageWith(Plain, request, words);

    public static byte[] MessageWith(uint flags, VhostRequest request, params ReadOnlySpan<ulong> words)
    {
        var payload = new byte[words.Length * sizeof(ulong)];
        for (var word = 0; word < words.Length; word++) BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(word * sizeof(ulong)), words[word]);
        return [.. Header((uint)request, flags, (uint)payload.Length), .. payload];
    }

    /// <summary>A message of a queue and a number.</summary>
    public static byte[] State(VhostRequest request, uint queue, uint value, uint flags = Plain) => MessageWith(flags, request, queue | ((ulong)value << 32));

    /// <summary>A queue's areas, in the front end's addresses.</summary>
    public static byte[] Addresses(uint queue, ulong descriptors, ulong available, ulong used)
        => Message(VhostRequest.SetVringAddress, queue, descriptors, used, available, 0);

    public static byte[] Table(params GuestPart[] parts)
        => Message(VhostRequest.SetMemoryTable, [(ulong)parts.Length, .. parts.SelectMany(Words)]);

    public static byte[] OnePart(VhostRequest request, GuestPart part, uint flags = Plain) => MessageWith(flags, request, [0UL, .. Words(part)]);

    /// <summary>An access to the configuration: offset, size, flags, and as many bytes as there are.</summary>
    public static byte[] Config(VhostRequest request, uint offset, uint size, int bytes)
    {
        var payload = new byte[VhostMessage.ConfigHeaderBytes + bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, offset);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), size);
        return [.. Header((uint)request, Plain, (uint)payload.Length), .. payload];
    }

    private static ulong[] Words(GuestPart part) => [part.Guest, part.Bytes, part.FrontEnd, part.Offset];
}

/// <summary>A region of guest memory as a message names it.</summary>
internal readonly record struct GuestPart(ulong Guest, ulong Bytes, ulong FrontEnd, ulong Offset = 0);
