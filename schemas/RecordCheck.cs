using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracing.Schemas;

/// <summary>
/// The state byte of a record: bit 7 says that the record is complete, bits 0 to 6 fold all other bytes, so that a torn
/// or flipped record is told from a whole one. A closed journal segment has a CRC-32C besides.
/// </summary>
public static class RecordCheck
{
    /// <summary>Bit 7 of the state byte: the record is complete.</summary>
    public const byte CommitMark = 0x80;

    private const ulong StateByteMask = 0x00ff_ffff_ffff_ffff;

    /// <summary>The state byte that makes <paramref name="record"/> whole. The record's own state byte is not looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte StateOf(in EventRecord record)
    {
        ref var first = ref Unsafe.As<EventRecord, ulong>(ref Unsafe.AsRef(in record));
        var fold = first
            ^ Unsafe.Add(ref first, 1)
            ^ (Unsafe.Add(ref first, 2) & StateByteMask)
            ^ Unsafe.Add(ref first, 3)
            ^ Unsafe.Add(ref first, 4)
            ^ Unsafe.Add(ref first, 5)
            ^ Unsafe.Add(ref first, 6)
            ^ Unsafe.Add(ref first, 7);
        return StateOf(fold);
    }

    /// <summary>The state byte of a record whose eight words, the state byte being zero, have this exclusive or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte StateOf(ulong fold)
    {
        // Bit i goes into bit i mod 7 of the check, so that no single flipped bit can be missed. 35, 28, 14 and 7 are
        // multiples of 7.
        fold = (fold ^ (fold >> 35)) & ((1UL << 35) - 1);
        fold ^= (fold >> 14) ^ (fold >> 28);
        return (byte)(CommitMark | ((fold ^ (fold >> 7)) & 0x7f));
    }

    /// <summary>Whether <paramref name="record"/> was written completely and is unchanged.</summary>
    public static bool IsWhole(in EventRecord record) => record.State == StateOf(record);

    /// <summary>Whether nothing was ever written at the place of <paramref name="record"/>.</summary>
    public static bool IsBlank(in EventRecord record)
        => MemoryMarshal.AsBytes(new ReadOnlySpan<EventRecord>(in record)).IndexOfAnyExcept((byte)0) < 0;
}
