using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Tracing.Virtio.Block;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Tests.Peers;

/// <summary>A small guest memory with a ring in it, and in the ring one request to read a sector.</summary>
internal static class RequestInMemory
{
    public const int Bytes = 0x8000;
    public const int QueueSize = 8;

    /// <summary>Offsets of the ring's areas.</summary>
    public const ulong Descriptors = 0x1000;
    public const ulong Available = 0x2000;
    public const ulong Used = 0x3000;

    private const ulong Header = 0x4000;
    private const ulong Data = 0x5000;
    private const ulong Status = 0x6000;

    /// <summary>Makes the file; <paramref name="start"/> is the guest address of its first byte.</summary>
    public static SafeFileHandle Create(ulong start, bool isSealed = true)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)Header), (uint)BlkRequestType.In);
        Describe(bytes, 0, new Descriptor(start + Header, 16, DescriptorFlags.Next, 1));
        Describe(bytes, 1, new Descriptor(start + Data, 512, DescriptorFlags.Next | DescriptorFlags.Write, 2));
        Describe(bytes, 2, new Descriptor(start + Status, 1, DescriptorFlags.Write, 0));
        bytes[(int)Status] = 0xff;
        // The available index: one entry, which is descriptor 0.
        bytes[(int)Available + 2] = 1;
        var file = MemoryFile.Create(Bytes, isSealed);
        RandomAccess.Write(file, bytes, 0);
        return file;
    }

    /// <summary>The used index.</summary>
    public static int UsedIndex(SafeFileHandle file)
    {
        var word = new byte[2];
        RandomAccess.Read(file, word, (long)Used + 2);
        return BinaryPrimitives.ReadUInt16LittleEndian(word);
    }

    private static void Describe(byte[] bytes, int slot, Descriptor descriptor)
        => descriptor.Write(bytes.AsSpan((int)Descriptors + (slot * Descriptor.SizeInBytes)));
}
