using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Driver;

/// <summary>
/// Finds a function's virtio structures (virtio 1.3 §4.1.4). The list is the device's: it may loop, point outside the
/// space behind the header, or name BARs that do not exist.
/// </summary>
internal static class CapabilityWalk
{
    private const ushort StatusHasCapabilities = 0x10;
    private const int FirstPlace = 0x40;
    private const ushort TableSizeLessOne = 0x7ff;
    private const uint TableBar = 7;

    public static VirtioStructures Walk(PciFunctionAccess pci, DriverProbes probes)
    {
        var found = new VirtioStructures();
        if ((Half(pci, PciConfig.Status) & StatusHasCapabilities) == 0) return found;

        // Capabilities lie 4-aligned, so that this many places exist: a longer list visits one twice.
        var left = (PciConfig.SizeInBytes - FirstPlace) / 4;
        var place = Byte(pci, PciConfig.CapabilitiesPointer) & ~3;
        while (place is >= FirstPlace and < PciConfig.SizeInBytes - 3 && left-- > 0)
        {
            var id = Byte(pci, place);
            var next = Byte(pci, place + CapabilityLayout.Next) & ~3;
            if (id == PciConfig.VendorCapability) TakeVirtio(pci, probes, place, found);
            else if (id == PciConfig.MsixCapability) TakeMsix(pci, place, found);
            place = next;
        }

        return found;
    }

    private static void TakeVirtio(PciFunctionAccess pci, DriverProbes probes, int place, VirtioStructures found)
    {
        if (place > PciConfig.SizeInBytes - CapabilityLayout.SizeInBytes) return;
        var length = Byte(pci, place + CapabilityLayout.CapabilityLength);
        var type = Byte(pci, place + CapabilityLayout.Type);
        var bar = Byte(pci, place + CapabilityLayout.Bar);
        if (length < CapabilityLayout.SizeInBytes || bar >= PciConfig.BarCount) return; // Reserved values: ignored (virtio 1.3 §4.1.4.1).

        var structure = new StructurePlace(bar, Word(pci, place + CapabilityLayout.Offset), Word(pci, place + CapabilityLayout.Length));
        probes.Capability(type, bar, structure.Offset, structure.Length, place);
        // The first of a type is the device's preference (virtio 1.3 §4.1.4.1).
        switch ((CapabilityType)type)
        {
            case CapabilityType.Common: found.Common ??= structure; break;
            case CapabilityType.Notify when found.Notify is null && place + CapabilityLayout.SizeWithExtraBytes <= PciConfig.SizeInBytes:
                found.Notify = structure;
                found.NotifyMultiplier = Word(pci, place + CapabilityLayout.NotifyMultiplier);
                break;
            case CapabilityType.Isr: found.Isr ??= structure; break;
            case CapabilityType.Device: found.Device ??= structure; break;
            case CapabilityType.Swiotlb: found.Swiotlb ??= structure; break;
            default: break;
        }
    }

    private static void TakeMsix(PciFunctionAccess pci, int place, VirtioStructures found)
    {
        if (found.MsixTable is not null || place > PciConfig.SizeInBytes - 12) return;
        var control = pci.Read(RegisterName.MsixControl, place + PciConfig.MsixControl, 2);
        var table = Word(pci, place + PciConfig.MsixTable);
        var bar = (byte)(table & TableBar);
        if (bar >= PciConfig.BarCount) return;
        var vectors = (control & TableSizeLessOne) + 1; // The field is the size less one.
        found.MsixTable = new(bar, table & ~TableBar, (ulong)vectors * PciConfig.MsixEntryBytes);
        found.MsixCapability = place;
    }

    private static byte Byte(PciFunctionAccess pci, int offset)
        => (byte)pci.Read(RegisterName.PciCapability, offset, 1);

    private static uint Half(PciFunctionAccess pci, int offset) => pci.Read(RegisterName.PciConfig, offset, 2);

    private static uint Word(PciFunctionAccess pci, int offset) => pci.Read(RegisterName.PciCapability, offset, 4);
}
