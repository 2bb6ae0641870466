namespace Tracing.Virtio.Pci;

/// <summary>What a base address register decodes.</summary>
internal enum BarKind
{
    /// <summary>Nothing: reads as 0.</summary>
    None,

    /// <summary>32-bit memory.</summary>
    Memory,

    /// <summary>64-bit prefetchable memory; the next register holds the upper half.</summary>
    Memory64,

    /// <summary>I/O ports.</summary>
    Io,
}

/// <summary>
/// A base address register (PCI 3.0 §6.2.5.1). Its low address bits are fixed at zero: so writing all ones and reading
/// back tells the size.
/// </summary>
internal sealed class BarRegister
{
    private readonly ulong mask;
    private readonly uint typeBits;

    /// <param name="kind">What it decodes.</param>
    /// <param name="bytes">How much: a power of two, at least 16.</param>
    public BarRegister(BarKind kind, ulong bytes)
    {
        Kind = kind;
        Bytes = bytes;
        mask = kind == BarKind.None ? 0 : ~(bytes - 1);
        typeBits = kind switch { BarKind.Io => 0b01, BarKind.Memory64 => 0b1100, _ => 0 };
    }

    public BarKind Kind { get; }

    public ulong Bytes { get; }

    /// <summary>First address that it decodes while decoding is on.</summary>
    public ulong Address { get; private set; }

    /// <summary>Whether the address could be one: zero means that nobody placed it, and no range reaches past 2^64.</summary>
    public bool IsPlaced => Kind != BarKind.None && Address != 0 && Address <= ulong.MaxValue - Bytes;

    public uint Low => unchecked((uint)Address) | typeBits;

    public uint High => (uint)(Address >> 32);

    public void WriteLow(uint value)
        => Address = ((Address & 0xffff_ffff_0000_0000) | value) & mask & Reach;

    public void WriteHigh(uint value) => Address = ((Address & uint.MaxValue) | ((ulong)value << 32)) & mask & Reach;

    public void Place(ulong address) => Address = address & mask & Reach;

    private ulong Reach => Kind == BarKind.Memory64 ? ulong.MaxValue : uint.MaxValue;
}
