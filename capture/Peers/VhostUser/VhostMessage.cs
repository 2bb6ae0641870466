using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.VhostUser;

/// <summary>
/// One message of a front end, its syntax checked: version, sizes, counts of descriptors. What it means is the handler's
/// affair.
/// </summary>
/// <remarks>
/// <code>
/// header (12): u32 request | u32 flags: version in bits 0 and 1, reply bit 2, answer wanted bit 3 | u32 payload bytes
/// a number (8) | vring state (8): u32 index, u32 value | vring address (40): u32 index, u32 flags, u64 descriptors, used, available, log
/// memory region (32): u64 guest address, bytes, front end's address, offset in the file
/// </code>
/// </remarks>
/// <param name="Request">What is asked.</param>
/// <param name="Flags">The header's flags.</param>
/// <param name="Payload">The bytes behind the header.</param>
/// <param name="Descriptors">The descriptors that came with it.</param>
public sealed record VhostMessage(VhostRequest Request, uint Flags, ReadOnlyMemory<byte> Payload, IReadOnlyList<SafeFileHandle> Descriptors)
    : IFramedMessage<VhostMessage>
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 4 + 4 + 4;

    /// <summary>Most memory regions that the protocol passes at once, and that this back end takes.</summary>
    public const int MostRegions = 8;

    /// <summary>Longest configuration access of the protocol.</summary>
    public const int LongestConfig = 256;

    /// <summary>Bytes of the longest payload.</summary>
    public const int LongestPayload = ConfigHeaderBytes + LongestConfig + 64;

    /// <summary>In front of configuration bytes: u32 offset, u32 size, u32 flags.</summary>
    public const int ConfigHeaderBytes = 12;

    /// <summary>Of a kick, call or error message: no descriptor comes along.</summary>
    public const ulong NoDescriptor = 1 << 8;

    private const uint Version = 1;
    private const uint VersionMask = 3;
    private const uint Reply = 1 << 2;
    private const uint NeedsReply = 1 << 3;
    private const int NumberBytes = 8;
    private const int AddressBytes = 40;
    private const int RegionBytes = 32;
    private const int RegionHeaderBytes = 8;

    /// <summary>Flags of an answer.</summary>
    public const uint ReplyFlags = Version | Reply;

    /// <summary>Whether the front end asks for an acknowledgement.</summary>
    public bool WantsAcknowledgement => (Flags & NeedsReply) != 0;

    /// <summary>The payload as one number.</summary>
    public ulong Number => BinaryPrimitives.ReadUInt64LittleEndian(Payload.Span);

    /// <summary>The first half of a vring message: which queue.</summary>
    public uint Index => BinaryPrimitives.ReadUInt32LittleEndian(Payload.Span);

    /// <summary>The second half.</summary>
    public uint Value => BinaryPrimitives.ReadUInt32LittleEndian(Payload.Span[4..]);

    /// <summary>The regions of a memory message.</summary>
    public IEnumerable<(ulong Guest, ulong Bytes, ulong FrontEnd, ulong Offset)> Regions()
    {
        var count = Request == VhostRequest.SetMemoryTable ? (int)Index : 1;
        for (var region = 0; region < count; region++)
        {
            var at = RegionHeaderBytes + (region * RegionBytes);
            yield return (At(at), At(at + 8), At(at + 16), At(at + 24));
        }
    }

    /// <summary>A word of the payload.</summary>
    public ulong At(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(Payload.Span[offset..]);

    static string IFramedMessage<VhostMessage>.Protocol => "vhost-user";

    static int IFramedMessage<VhostMessage>.HeaderLength => HeaderBytes;

    static int IFramedMessage<VhostMessage>.MostPayload => LongestPayload;

    static string? IFramedMessage<VhostMessage>.ProblemOf(ReadOnlySpan<byte> header, out int payload)
    {
        var (request, flags) = (RequestOf(header), FlagsOf(header));
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        payload = 0;
        if ((flags & VersionMask) != Version) return $"version {flags & VersionMask} of the protocol; {Version} was expected";
        if ((flags & Reply) != 0) return $"{Name(request)} is marked as an answer; a request was expected";
        if (bytes > LongestPayload) return $"{Name(request)} with a payload of {bytes} bytes; at most {LongestPayload} were expected";
        payload = (int)bytes;
        return null;
    }

    static VhostMessage IFramedMessage<VhostMessage>.Of(
        ReadOnlySpan<byte> header, ReadOnlyMemory<byte> payload, IReadOnlyList<SafeFileHandle> descriptors)
        => new(RequestOf(header), FlagsOf(header), payload, descriptors);

    /// <summary>What is wrong with the message as a whole, or null.</summary>
    public string? Problem()
    {
        var (least, most) = Size();
        if (Payload.Length < least || Payload.Length > most)
            return $"{Name(Request)} with a payload of {Payload.Length} bytes; {(least == most ? $"{least}" : $"{least} to {most}")} were expected";
        if (Request == VhostRequest.SetMemoryTable && (Index > MostRegions || Payload.Length < RegionHeaderBytes + (Index * RegionBytes)))
            return $"{Name(Request)} of {Index} regions in {Payload.Length} bytes; at most {MostRegions}, with {RegionBytes} bytes each, were expected";
        var descriptors = DescriptorsExpected();
        return descriptors is { } expected && expected != Descriptors.Count
            ? $"{Name(Request)} with {Descriptors.Count} descriptors; {expected} were expected"
            : null;
    }

    /// <summary>A request by its name, or by its number.</summary>
    public static string Name(VhostRequest request) => Enum.IsDefined(request) ? request.ToString() : $"request {(uint)request}";

    private static VhostRequest RequestOf(ReadOnlySpan<byte> header) => (VhostRequest)BinaryPrimitives.ReadUInt32LittleEndian(header);

    private static uint FlagsOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);

    private (int Least, int Most) Size() => Request switch
    {
        VhostRequest.SetFeatures or VhostRequest.SetProtocolFeatures or VhostRequest.SetVringNum or VhostRequest.SetVringBase
            or VhostRequest.GetVringBase or VhostRequest.SetVringKick or VhostRequest.SetVringCall or VhostRequest.SetVringError
            or VhostRequest.SetVringEnable => (NumberBytes, NumberBytes),
        VhostRequest.SetVringAddress => (AddressBytes, AddressBytes),
        VhostRequest.SetMemoryTable => (RegionHeaderBytes, RegionHeaderBytes + (MostRegions * RegionBytes)),
        VhostRequest.AddMemoryRegion or VhostRequest.RemoveMemoryRegion => (RegionHeaderBytes + RegionBytes, RegionHeaderBytes + RegionBytes),
        VhostRequest.GetConfig or VhostRequest.SetConfig => (ConfigHeaderBytes, ConfigHeaderBytes + LongestConfig),
        VhostRequest.GetFeatures or VhostRequest.SetOwner or VhostRequest.ResetOwner or VhostRequest.GetProtocolFeatures
            or VhostRequest.GetQueueNum or VhostRequest.SetBackendRequestDescriptor or VhostRequest.ResetDevice
            or VhostRequest.GetMaxMemorySlots => (0, 0),
        _ => (0, LongestPayload),
    };

    private int? DescriptorsExpected() => Request switch
    {
        VhostRequest.SetMemoryTable => (int)Index,
        VhostRequest.AddMemoryRegion or VhostRequest.SetBackendRequestDescriptor => 1,
        VhostRequest.SetVringKick or VhostRequest.SetVringCall or VhostRequest.SetVringError => (Number & NoDescriptor) != 0 ? 0 : 1,
        // Some front ends pass the region's descriptor along when they remove it.
        VhostRequest.RemoveMemoryRegion => null,
        _ => Enum.IsDefined(Request) ? 0 : null,
    };
}
