using Tracing.Capture.Importing.Observed;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>A virtio device of the traced machine.</summary>
internal sealed class QemuFunction(ObservedFunction registers)
{
    /// <summary>QEMU's modern BAR: common, ISR, device and notification structures, a page each, in this order.</summary>
    public const ulong BarBytes = 4 * StructureBytes;

    private const ulong StructureBytes = 0x1000;

    private static readonly (string Region, CapabilityType Type)[] structures =
        [("common", CapabilityType.Common), ("isr", CapabilityType.Isr), ("device", CapabilityType.Device), ("notify", CapabilityType.Notify)];

    /// <summary>What is seen of its registers.</summary>
    public ObservedFunction Registers => registers;

    /// <summary>Doorbells whose register write the trace shows: QEMU's own line about them tells nothing new.</summary>
    public HashSet<ulong> Rung { get; } = [];

    /// <summary>The bounce-buffer window that was told of, and the region's number; null if none is mapped.</summary>
    public (ushort Region, ulong Start, ulong Length)? Window { get; set; }

    /// <summary>The structure that QEMU's name of a memory region means, and where in the BAR it begins; null for any other region.</summary>
    public static (CapabilityType Type, ulong Begin)? StructureNamed(ReadOnlySpan<char> region)
    {
        for (var index = 0; index < structures.Length; index++)
        {
            if (region.SequenceEqual(structures[index].Region)) return (structures[index].Type, (ulong)index * StructureBytes);
        }

        return null;
    }
}
