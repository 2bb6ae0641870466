using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.PciProxy;

/// <summary>
/// One message of the proxy protocol, its syntax checked: sizes, counts, widths. What it means for the function is the
/// handler's affair.
/// </summary>
/// <remarks>
/// <code>
/// header (16): i32 command | 4 unused | u64 payload bytes
/// SyncSystemMemory (192): u64 guest address[8] | u64 size[8] | i64 offset in the file[8]
/// Config*           (12): u32 offset | u32 value | i32 width
/// Bar*              (24): u64 bus address | u64 value | u32 width | u8 memory | 3 unused
/// Return             (8): u64 value
/// </code>
/// </remarks>
/// <param name="Command">What is asked.</param>
/// <param name="Payload">The bytes behind the header.</param>
/// <param name="Descriptors">The descriptors that came with it.</param>
public sealed record ProxyMessage(ProxyCommand Command, ReadOnlyMemory<byte> Payload, IReadOnlyList<SafeFileHandle> Descriptors)
    : IFramedMessage<ProxyMessage>
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 4 + 4 + 8;

    /// <summary>Most ranges of guest memory in one message.</summary>
    public const int MostRanges = 8;

    /// <summary>Bytes of the longest payload.</summary>
    public const int LongestPayload = MostRanges * (8 + 8 + 8);

    private const int ConfigBytes = 4 + 4 + 4;
    private const int BarBytes = 8 + 8 + 4 + 1 + 3;

    /// <summary>Bus address of a BAR access; offset of a configuration access.</summary>
    public ulong Address => Command is ProxyCommand.ConfigRead or ProxyCommand.ConfigWrite
        ? BinaryPrimitives.ReadUInt32LittleEndian(Payload.Span)
        : BinaryPrimitives.ReadUInt64LittleEndian(Payload.Span);

    /// <summary>What is written.</summary>
    public ulong Value => Command is ProxyCommand.ConfigRead or ProxyCommand.ConfigWrite
        ? BinaryPrimitives.ReadUInt32LittleEndian(Payload.Span[4..])
        : BinaryPrimitives.ReadUInt64LittleEndian(Payload.Span[8..]);

    /// <summary>Bytes of the access.</summary>
    public int Width => BinaryPrimitives.ReadInt32LittleEndian(
        Payload.Span[(Command is ProxyCommand.ConfigRead or ProxyCommand.ConfigWrite ? 8 : 16)..]);

    /// <summary>Whether a BAR access goes to I/O space.</summary>
    public bool IsIo => Payload.Span[20] == 0;

    /// <summary>Whether the other side waits for an answer.</summary>
    public bool WantsAnswer => Command is not (ProxyCommand.SyncSystemMemory or ProxyCommand.SetInterruptDescriptors);

    /// <summary>The ranges of guest memory: guest address, bytes, and where they begin in the descriptor of the same place.</summary>
    public IEnumerable<(ulong Address, ulong Bytes, long Offset)> Ranges()
    {
        for (var index = 0; index < Descriptors.Count; index++)
        {
            yield return (
                BinaryPrimitives.ReadUInt64LittleEndian(Payload.Span[(index * 8)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(Payload.Span[((MostRanges + index) * 8)..]),
                BinaryPrimitives.ReadInt64LittleEndian(Payload.Span[(((2 * MostRanges) + index) * 8)..]));
        }
    }

    static string IFramedMessage<ProxyMessage>.Protocol => "the proxy protocol";

    static int IFramedMessage<ProxyMessage>.HeaderLength => HeaderBytes;

    static int IFramedMessage<ProxyMessage>.MostPayload => LongestPayload;

    static string? IFramedMessage<ProxyMessage>.ProblemOf(ReadOnlySpan<byte> header, out int payload)
    {
        var command = CommandOf(header);
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        payload = 0;
        if (!Enum.IsDefined(command) || command == ProxyCommand.Return)
            return $"command {(int)command}; a number from 0 to 7 that is no answer was expected";
        var expected = PayloadOf(command);
        if (bytes != (ulong)expected) return $"{command} with a payload of {bytes} bytes; {expected} were expected";
        payload = expected;
        return null;
    }

    static ProxyMessage IFramedMessage<ProxyMessage>.Of(
        ReadOnlySpan<byte> header, ReadOnlyMemory<byte> payload, IReadOnlyList<SafeFileHandle> descriptors)
        => new(CommandOf(header), payload, descriptors);

    /// <summary>What is wrong with the message as a whole, or null.</summary>
    public string? Problem()
    {
        var most = Command switch { ProxyCommand.SyncSystemMemory => MostRanges, ProxyCommand.SetInterruptDescriptors => 2, _ => 0 };
        if (Descriptors.Count > most) return $"{Command} with {Descriptors.Count} descriptors; at most {most} were expected";
        return Command switch
        {
            // A range without its descriptor would be memory that is missing, and nobody would know.
            ProxyCommand.SyncSystemMemory when BytesBehind(Descriptors.Count) =>
                $"{Command} with {Descriptors.Count} descriptors and a range behind them",
            ProxyCommand.ConfigRead or ProxyCommand.ConfigWrite when Width is not (1 or 2 or 4) => WrongWidth("1, 2 or 4"),
            ProxyCommand.BarRead or ProxyCommand.BarWrite when Width is not (1 or 2 or 4 or 8) => WrongWidth("1, 2, 4 or 8"),
            _ => null,
        };
    }

    private static ProxyCommand CommandOf(ReadOnlySpan<byte> header) => (ProxyCommand)BinaryPrimitives.ReadInt32LittleEndian(header);

    private static int PayloadOf(ProxyCommand command) => command switch
    {
        ProxyCommand.SyncSystemMemory => LongestPayload,
        ProxyCommand.ConfigRead or ProxyCommand.ConfigWrite => ConfigBytes,
        ProxyCommand.BarRead or ProxyCommand.BarWrite => BarBytes,
        _ => 0,
    };

    private bool BytesBehind(int ranges)
        => ranges < MostRanges && Payload.Span[((MostRanges + ranges) * 8)..(2 * MostRanges * 8)].ContainsAnyExcept((byte)0);

    private string WrongWidth(string expected) => $"{Command} of {Width} bytes; {expected} were expected";
}
