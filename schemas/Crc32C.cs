using System.Buffers.Binary;
using Arm = System.Runtime.Intrinsics.Arm.Crc32;
using X86 = System.Runtime.Intrinsics.X86.Sse42;

namespace Tracing.Schemas;

/// <summary>CRC-32C (polynomial 0x1EDC6F41, reflected), by the processor's instruction where it has one.</summary>
public static class Crc32C
{
    private const uint ReflectedPolynomial = 0x82f6_3b78;
    private static readonly uint[] table = MakeTable();

    /// <summary>The checksum of <paramref name="bytes"/>, or of them behind what <paramref name="crc"/> is already the checksum of.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint crc = 0)
        => ~(X86.X64.IsSupported ? ByX64(bytes, ~crc)
            : Arm.Arm64.IsSupported ? ByArm64(bytes, ~crc)
            : ByTable(bytes, ~crc));

    /// <summary>The portable way, also for the odd bytes at the end. Takes and gives the inverted state.</summary>
    public static uint ByTable(ReadOnlySpan<byte> bytes, uint state)
    {
        foreach (var unit in bytes) state = table[(state ^ unit) & 0xff] ^ (state >> 8);
        return state;
    }

    /// <summary>The state that four bits of input leave of a state of zero: what a program that shares this checksum needs as its table.</summary>
    public static uint OfNibble(uint nibble)
    {
        for (var bit = 0; bit < 4; bit++) nibble = (nibble & 1) != 0 ? (nibble >> 1) ^ ReflectedPolynomial : nibble >> 1;
        return nibble;
    }

    private static uint ByX64(ReadOnlySpan<byte> bytes, uint state)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            state = (uint)X86.X64.Crc32(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        return ByTable(bytes, state);
    }

    private static uint ByArm64(ReadOnlySpan<byte> bytes, uint state)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            state = Arm.Arm64.ComputeCrc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        return ByTable(bytes, state);
    }

    private static uint[] MakeTable()
    {
        var entries = new uint[256];
        for (uint index = 0; index < entries.Length; index++)
        {
            var entry = index;
            for (var bit = 0; bit < 8; bit++) entry = (entry & 1) != 0 ? (entry >> 1) ^ ReflectedPolynomial : entry >> 1;
            entries[index] = entry;
        }

        return entries;
    }
}
