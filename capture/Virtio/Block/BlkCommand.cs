using System.Buffers.Binary;

namespace Tracing.Virtio.Block;

/// <summary>A block request that was understood, not yet carried out.</summary>
/// <param name="Type">As the driver wrote it; any number.</param>
/// <param name="Sector">First sector.</param>
/// <param name="DataOut">Bytes of data for the device to read, behind the header.</param>
/// <param name="DataIn">Bytes of data for the device to write, before the status.</param>
internal readonly record struct BlkCommand(BlkRequestType Type, ulong Sector, uint DataOut, uint DataIn)
{
    /// <summary>
    /// No request moves more than this: a chain can name the same bytes thousands of times, and the device must not be
    /// kept busy by that.
    /// </summary>
    public const uint GreatestTransfer = 64 << 20;

    /// <summary>Understands a request from its header and the sizes of its halves; what is wrong with it otherwise.</summary>
    public static string? TryParse(
        ReadOnlySpan<byte> header, ulong readableBytes, ulong writableBytes, out BlkCommand command)
    {
        command = default;
        if (readableBytes < BlkLayout.HeaderBytes)
            return $"a request with {readableBytes} readable bytes; its header alone has {BlkLayout.HeaderBytes}";
        if (writableBytes < BlkLayout.StatusBytes) return "a request without a writable byte for its status";
        var (dataOut, dataIn) = (readableBytes - BlkLayout.HeaderBytes, writableBytes - BlkLayout.StatusBytes);
        if (dataOut > GreatestTransfer || dataIn > GreatestTransfer)
            return $"a request of {Math.Max(dataOut, dataIn)} bytes; at most {GreatestTransfer} are served at once";

        command = new(
            (BlkRequestType)BinaryPrimitives.ReadUInt32LittleEndian(header),
            BinaryPrimitives.ReadUInt64LittleEndian(header[8..]),
            (uint)dataOut,
            (uint)dataIn);
        return null;
    }

    /// <summary>The status with which the request would end if the medium does not fail.</summary>
    /// <param name="capacityBytes">Of the medium.</param>
    /// <param name="flush">Whether VIRTIO_BLK_F_FLUSH was negotiated.</param>
    public BlkStatus Judge(ulong capacityBytes, bool flush) => Type switch
    {
        BlkRequestType.In => JudgeRange(DataIn, capacityBytes),
        BlkRequestType.Out => JudgeRange(DataOut, capacityBytes),
        BlkRequestType.Flush when flush => BlkStatus.Ok,
        BlkRequestType.GetId => BlkStatus.Ok,
        _ => BlkStatus.Unsupported,
    };

    private BlkStatus JudgeRange(uint bytes, ulong capacityBytes)
    {
        var sectors = capacityBytes / BlkLayout.SectorBytes;
        var inside = bytes % BlkLayout.SectorBytes == 0
            && Sector <= sectors
            && bytes / BlkLayout.SectorBytes <= sectors - Sector;
        return inside ? BlkStatus.Ok : BlkStatus.IoError;
    }
}
