namespace Tracing.Virtio.Pci;

/// <summary>Offsets in the configuration space of a type 0 function (PCI 3.0 §6.1, §6.8.2).</summary>
public static class PciConfig
{
    /// <summary>Bytes of conventional configuration space.</summary>
    public const int SizeInBytes = 256;

    /// <summary>Vendor id, 16 bits.</summary>
    public const int VendorId = 0x00;

    /// <summary>Device id, 16 bits.</summary>
    public const int DeviceId = 0x02;

    /// <summary>Command, 16 bits.</summary>
    public const int Command = 0x04;

    /// <summary>Status, 16 bits; bit 4 = there is a capability list.</summary>
    public const int Status = 0x06;

    /// <summary>Revision id, 8 bits.</summary>
    public const int Revision = 0x08;

    /// <summary>Class code, 24 bits.</summary>
    public const int ClassCode = 0x09;

    /// <summary>Base address register 0 of 6, 32 bits each.</summary>
    public const int Bar0 = 0x10;

    /// <summary>How many base address registers there are.</summary>
    public const int BarCount = 6;

    /// <summary>Subsystem vendor id, 16 bits.</summary>
    public const int SubsystemVendorId = 0x2c;

    /// <summary>Subsystem id, 16 bits.</summary>
    public const int SubsystemId = 0x2e;

    /// <summary>Offset of the first capability, 8 bits.</summary>
    public const int CapabilitiesPointer = 0x34;

    /// <summary>Interrupt pin, 8 bits; 1 = INTA#.</summary>
    public const int InterruptPin = 0x3d;

    /// <summary>Command: the function answers in I/O space.</summary>
    public const ushort CommandIo = 1 << 0;

    /// <summary>Command: the function answers in memory space.</summary>
    public const ushort CommandMemory = 1 << 1;

    /// <summary>Command: the function may do DMA and send interrupt messages.</summary>
    public const ushort CommandBusMaster = 1 << 2;

    /// <summary>Command: INTx is off.</summary>
    public const ushort CommandInterruptDisable = 1 << 10;

    /// <summary>Capability id of MSI-X.</summary>
    public const byte MsixCapability = 0x11;

    /// <summary>Capability id of every virtio structure.</summary>
    public const byte VendorCapability = 0x09;

    /// <summary>In the MSI-X capability: message control, 16 bits.</summary>
    public const int MsixControl = 2;

    /// <summary>In the MSI-X capability: BAR (bits 0 to 2) and offset of the vector table, 32 bits.</summary>
    public const int MsixTable = 4;

    /// <summary>In the MSI-X capability: BAR and offset of the pending bits, 32 bits.</summary>
    public const int MsixPendingBits = 8;

    /// <summary>Message control: MSI-X is on.</summary>
    public const ushort MsixEnable = 1 << 15;

    /// <summary>Message control: every vector is masked.</summary>
    public const ushort MsixMaskAll = 1 << 14;

    /// <summary>Bytes of an MSI-X table entry: le64 address + le32 data + le32 control (bit 0 = masked).</summary>
    public const int MsixEntryBytes = 8 + 4 + 4;
}
