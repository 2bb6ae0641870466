using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tracing.Virtio.Block;

namespace Tracing.Virtio.Driver;

/// <summary>One request to make.</summary>
/// <param name="Type">What to do.</param>
/// <param name="Sector">First sector of 512 bytes.</param>
/// <param name="Length">Bytes of data; a multiple of 512 for reads and writes.</param>
/// <param name="Key">The pattern to write, or which a read has to find; null = a read that is not verified.</param>
/// <param name="Indirect">Whether to use an indirect table, if that was negotiated.</param>
/// <param name="AfterAllBefore">Whether everything before it in the queue has to be complete first.</param>
public readonly record struct BlockRequest(
    BlkRequestType Type,
    ulong Sector = 0,
    int Length = 0,
    ulong? Key = null,
    bool Indirect = false,
    bool AfterAllBefore = false)
{
    /// <summary>A status that no device writes: what the byte holds before the device has written it.</summary>
    public const byte StatusPending = 0xff;

    /// <summary>Whether the device writes the data.</summary>
    public bool DataIsWritable => Type is BlkRequestType.In or BlkRequestType.GetId;
}

/// <summary>The data of the requests: each 8 bytes follow from key and place on the disk.</summary>
public static class BlockPattern
{
    /// <summary>Fills <paramref name="data"/> with what <paramref name="key"/> puts at <paramref name="sector"/>.</summary>
    public static void Fill(ulong key, ulong sector, Span<byte> data)
    {
        unchecked
        {
            var state = (key * 0x9e37_79b9_7f4a_7c15) ^ (sector * BlkLayout.SectorBytes / 8);
            if (!BitConverter.IsLittleEndian)
            {
                for (; data.Length >= 8; data = data[8..]) BinaryPrimitives.WriteUInt64LittleEndian(data, Mix(state++));
                return;
            }

            // The same on a little-endian processor, without slicing.
            var words = MemoryMarshal.Cast<byte, ulong>(data);
            for (var word = 0; word < words.Length; word++) words[word] = Mix(state++);
        }
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
            value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
            return value ^ (value >> 31);
        }
    }
}
