using Tracing.Schemas;

namespace Tracing.Virtio.Driver;

/// <summary>
/// Finds a function's virtio structures (virtio 1.3 §4.1.4). The list is the device's: it may loop, point outside the
/// space behind the header, or name BARs that do not exist.
/// </summary>
internal static class CapabilityWalk
{
    private const int StatusOffset = 0x06;
    private const ushort StatusHasCapabilities = 0x10;
    private const int ListOffset = 0x34;
    private const int FirstPlace = 0x40;
    private const int SpaceBytes = 256;
    private const byte VendorCapability = 0x09;
    private const byte MsixCapability = 0x11;
    private const byte LastBar = 5;
    private const int CapabilityBytes = 16;

    public static VirtioStructures Walk(PciFunctionAccess pci, DriverProbes probes)
    {
        var found = new VirtioStructures();
        if ((Half(pci, StatusOffset) & StatusHasCapabilities) == 0) return found;

        // Capabilities lie 4-aligned, so that this many places exist: a longer list visits one twice.
        var left = (SpaceBytes - FirstPlace) / 4;
        var place = Byte(pci, ListOffset) & ~3;
        while (place is >= FirstPlace and < SpaceBytes - 3 && left-- > 0)
        {
            var id = Byte(pci, place);
            var next = Byte(pci, place + 1) & ~3;
            if (id == VendorCapability) TakeVirtio(pci, probes, place, found);
            else if (id == MsixCapability) TakeMsix(pci, place, found);
            place = next;
        }

        return found;
    }

    private static void TakeVirtio(PciFunctionAccess pci, DriverProbes probes, int place, VirtioStructures found)
    {
        if (place > SpaceBytes - CapabilityBytes) return;
        var length = Byte(pci, place + 2);
        var type = Byte(pci, place + 3);
        var bar = Byte(pci, place + 4);
        if (length < CapabilityBytes || bar > LastBar) return; // Reserved values: ignored (virtio 1.3 §4.1.4.1).

        var structure = new StructurePlace(bar, Word(pci, place + 8), Word(pci, place + 12));
        probes.Capability(type, bar, structure.Offset, structure.Length, place);
        // The first of a type is the device's preference (virtio 1.3 §4.1.4.1).
        switch (type)
        {
            case 1: found.Common ??= structure; break;
            case 2 when found.Notify is null && place + CapabilityBytes + 4 <= SpaceBytes:
                found.Notify = structure;
                found.NotifyMultiplier = Word(pci, place + CapabilityBytes);
                break;
            case 3: found.Isr ??= structure; break;
            case 4: found.Device ??= structure; break;
            case 10: found.Swiotlb ??= structure; break;
            default: break;
        }
    }

    private static void TakeMsix(PciFunctionAccess pci, int place, VirtioStructures found)
    {
        if (found.MsixTable is not null || place > SpaceBytes - 12) return;
        var control = pci.Read(RegisterName.MsixControl, place + 2, 2);
        var table = Word(pci, place + 4);
        var bar = (byte)(table & 7);
        if (bar > LastBar) return;
        var vectors = (control & 0x7ff) + 1; // The field is the size less one.
        found.MsixTable = new(bar, table & ~7u, (ulong)vectors * VirtioStructures.MsixEntryBytes);
        found.MsixCapability = place;
    }

    private static byte Byte(PciFunctionAccess pci, int offset)
        => (byte)pci.Read(RegisterName.PciCapability, offset, 1);

    private static uint Half(PciFunctionAccess pci, int offset) => pci.Read(RegisterName.PciConfig, offset, 2);

    private static uint Word(PciFunctionAccess pci, int offset) => pci.Read(RegisterName.PciCapability, offset, 4);
}
