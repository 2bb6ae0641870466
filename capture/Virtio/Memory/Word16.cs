using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracing.Virtio.Memory;

/// <summary>
/// Little-endian 16 bits that another processor may read and write meanwhile: loaded and stored at once, volatile.
/// </summary>
public static class Word16
{
    /// <summary>Loads the first two bytes, which lie at an even address.</summary>
    public static ushort Load(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref Unsafe.As<byte, ushort>(ref MemoryMarshal.GetReference(bytes[..sizeof(ushort)]));
        var loaded = Volatile.Read(ref first);
        return BitConverter.IsLittleEndian ? loaded : BinaryPrimitives.ReverseEndianness(loaded);
    }

    /// <summary>Stores the first two bytes, which lie at an even address.</summary>
    public static void Store(Span<byte> bytes, ushort value)
    {
        ref var first = ref Unsafe.As<byte, ushort>(ref MemoryMarshal.GetReference(bytes[..sizeof(ushort)]));
        Volatile.Write(ref first, BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
    }
}
