namespace Tracing.Virtio.Pci;

/// <summary>
/// One PCI function as a driver reaches it. Widths are 1, 2, 4 or, for BARs, 8 bytes; values are little-endian numbers.
/// Nothing foreign throws: a read that reaches nothing returns all ones, a write that reaches nothing is lost.
/// </summary>
public interface IPciBus
{
    /// <summary>Reads configuration space.</summary>
    uint ReadConfig(int offset, int width);

    /// <summary>Writes configuration space.</summary>
    void WriteConfig(int offset, int width, uint value);

    /// <summary>Reads through a BAR, memory or I/O.</summary>
    ulong ReadBar(int bar, ulong offset, int width);

    /// <summary>Writes through a BAR, memory or I/O.</summary>
    void WriteBar(int bar, ulong offset, int width, ulong value);
}
