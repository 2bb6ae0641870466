namespace Tracing.Virtio.Pci;

/// <summary>A block of registers in a BAR. Offsets count from the block's start; any width may come.</summary>
internal interface IRegisterFile
{
    /// <summary>Reads; bytes that are no register read as 0.</summary>
    ulong Read(ulong offset, int width);

    /// <summary>Writes; what is no register ignores it.</summary>
    void Write(ulong offset, int width, ulong value);
}

/// <summary>Where a block of registers lies in its BAR.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="File">The registers.</param>
internal sealed record RegisterBlock(ulong Offset, ulong Length, IRegisterFile File)
{
    public bool Contains(ulong offset) => offset >= Offset && offset - Offset < Length;
}
