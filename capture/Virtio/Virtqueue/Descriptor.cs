using System.Buffers.Binary;

namespace Tracing.Virtio.Virtqueue;

/// <summary>Flags of a descriptor (virtio 1.3 §2.7.5).</summary>
[Flags]
public enum DescriptorFlags : ushort
{
    /// <summary>The last of its chain, for the device to read.</summary>
    None = 0,

    /// <summary>VIRTQ_DESC_F_NEXT: the chain goes on at next.</summary>
    Next = 1,

    /// <summary>VIRTQ_DESC_F_WRITE: for the device to write.</summary>
    Write = 2,

    /// <summary>VIRTQ_DESC_F_INDIRECT: the buffer holds a table of descriptors.</summary>
    Indirect = 4,
}

/// <summary>A split descriptor: struct virtq_desc (virtio 1.3 §2.7.5).</summary>
/// <param name="Address">First byte of the buffer: le64 at 0.</param>
/// <param name="Length">Bytes of the buffer: le32 at 8.</param>
/// <param name="Flags">le16 at 12.</param>
/// <param name="Next">The descriptor that follows, if flags say so: le16 at 14.</param>
public readonly record struct Descriptor(ulong Address, uint Length, DescriptorFlags Flags, ushort Next)
{
    /// <summary>le64 addr + le32 len + le16 flags + le16 next.</summary>
    public const int SizeInBytes = 8 + 4 + 2 + 2;

    /// <summary>Whether the chain goes on.</summary>
    public bool HasNext => (Flags & DescriptorFlags.Next) != 0;

    /// <summary>Whether the device may write the buffer.</summary>
    public bool IsWritable => (Flags & DescriptorFlags.Write) != 0;

    /// <summary>Whether the buffer holds descriptors.</summary>
    public bool IsIndirect => (Flags & DescriptorFlags.Indirect) != 0;

    /// <summary>Decodes <see cref="SizeInBytes"/> bytes.</summary>
    public static Descriptor Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        (DescriptorFlags)BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]));

    /// <summary>Encodes into <see cref="SizeInBytes"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Address);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[12..], (ushort)Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[14..], Next);
    }
}
