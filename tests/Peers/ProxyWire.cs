using System.Buffers.Binary;
using Tracing.Peers.PciProxy;

namespace Tracing.Tests.Peers;

/// <summary>Messages of QEMU's proxy protocol, byte for byte, right or wrong.</summary>
internal static class ProxyWire
{
    public static byte[] Header(int command, ulong bytes)
    {
        var header = new byte[ProxyMessage.HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, command);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), bytes);
        return header;
    }

    public static byte[] Message(ProxyCommand command, params byte[] payload) => [.. Header((int)command, (ulong)payload.Length), .. payload];

    /// <summary>A table of guest memory; a range's other address is not sent.</summary>
    public static byte[] Table(params GuestPart[] parts)
    {
        var payload = new byte[ProxyMessage.LongestPayload];
        for (var index = 0; index < parts.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8 * index), parts[index].Guest);
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8 * (ProxyMessage.MostRanges + index)), parts[index].Bytes);
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8 * ((2 * ProxyMessage.MostRanges) + index)), parts[index].Offset);
        }

        return Message(ProxyCommand.SyncSystemMemory, payload);
    }

    public static byte[] ReadConfig(uint offset, int width) => Config(ProxyCommand.ConfigRead, offset, width, 0);

    public static byte[] WriteConfig(uint offset, int width, uint value) => Config(ProxyCommand.ConfigWrite, offset, width, value);

    public static byte[] ReadBar(ulong address, int width) => Bar(ProxyCommand.BarRead, address, width, 0);

    public static byte[] WriteBar(ulong address, int width, ulong value) => Bar(ProxyCommand.BarWrite, address, width, value);

    private static byte[] Config(ProxyCommand command, uint offset, int width, uint value)
    {
        var payload = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, offset);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), value);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(8), width);
        return Message(command, payload);
    }

    private static byte[] Bar(ProxyCommand command, ulong address, int width, ulong value)
    {
        var payload = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, address);
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8), value);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(16), width);
        payload[20] = 1;
        return Message(command, payload);
    }
}
