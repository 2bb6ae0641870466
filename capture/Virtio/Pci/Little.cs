namespace Tracing.Virtio.Pci;

/// <summary>Little-endian numbers of 1 to 8 bytes. Bytes that lie outside read as 0 and are not written.</summary>
internal static class Little
{
    public static ulong Read(ReadOnlySpan<byte> bytes, ulong offset, int width)
    {
        var value = 0UL;
        for (var i = 0; i < width; i++)
        {
            if (offset + (ulong)i < (ulong)bytes.Length) value |= (ulong)bytes[(int)offset + i] << (8 * i);
        }

        return value;
    }

    public static void Write(Span<byte> bytes, ulong offset, int width, ulong value)
    {
        for (var i = 0; i < width; i++)
        {
            if (offset + (ulong)i < (ulong)bytes.Length) bytes[(int)offset + i] = unchecked((byte)(value >> (8 * i)));
        }
    }

    /// <summary>All ones in <paramref name="width"/> bytes: what a read returns that nobody answers.</summary>
    public static ulong Ones(int width) => width >= 8 ? ulong.MaxValue : (1UL << (8 * width)) - 1;

    /// <summary>Whether an access of this width may exist at all.</summary>
    public static bool IsWidth(int width) => width is 1 or 2 or 4 or 8;
}
