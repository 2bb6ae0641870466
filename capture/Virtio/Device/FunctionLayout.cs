using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>How the function is laid out: identity, BARs, capability list, and which registers lie where.</summary>
/// <remarks>
/// Modern: BAR 0, 16 KiB of memory, holds all structures and the MSI-X table; BAR 2 is the bounce-buffer region.
/// Legacy: BAR 0 is the header in I/O space, BAR 1 the MSI-X table.
/// </remarks>
internal sealed class FunctionLayout
{
    private const uint RegistersBytes = 16 << 10;
    private const uint CommonOffset = 0x0000;
    private const uint IsrOffset = 0x0400;
    private const uint DeviceOffset = 0x0800;
    private const uint NotifyOffset = 0x1000;
    private const uint MsixOffset = 0x2000;
    private const uint PendingOffset = 0x3000;
    private const uint LegacyBytes = 128;
    private const uint LegacyMsixBytes = 4096;
    private const uint LegacyPendingOffset = 0x800;

    private readonly List<RegisterBlock>[] blocks = new List<RegisterBlock>[PciConfig.BarCount];
    private readonly List<(VirtioCapability, int)> placed = [];
    private readonly int msixPlace;
    private int windowPlace = -1;

    public FunctionLayout(
        DeviceOptions options, DeviceModel model, DeviceConduct conduct, DeviceCore core, DeviceInterrupts interrupts,
        IDeviceConfiguration config, MsixTable msix)
    {
        for (var i = 0; i < blocks.Length; i++) blocks[i] = [];
        // Non-transitional: device id 0x1040 + type, revision 1 (virtio 1.3 §4.1.2.1); legacy: its own id, subsystem = type.
        Space = new ConfigurationSpace(
            options.Legacy
                ? new PciIdentity(model.LegacyPciId, 0, model.Type, model.ClassCode, InterruptPin: 1)
                : new PciIdentity((ushort)(0x1040 + model.Type), 1, (ushort)(0x40 + model.Type), model.ClassCode, InterruptPin: 1),
            Bars(options));
        var (msixBar, table, pending) = options.Legacy
            ? ((byte)1, 0u, LegacyPendingOffset)
            : ((byte)0, MsixOffset, PendingOffset);
        msixPlace = AddMsix(msix, msixBar, table, pending);
        blocks[msixBar].Add(new(table, msix.TableBytes, new MsixRegisters(core, interrupts, msix, table, isPending: false)));
        blocks[msixBar].Add(new(pending, msix.PendingBytes, new MsixRegisters(core, interrupts, msix, pending, isPending: true)));
        if (options.Legacy)
        {
            blocks[0].Add(new(0, LegacyBytes, new LegacyRegisters(core, interrupts, config, msix)));
            return;
        }

        var structures = Structures(options, config.Bytes);
        conduct.ArrangeCapabilities(structures);
        Capabilities = [.. structures];
        foreach (var capability in structures) Add(capability);
        blocks[0].Add(new(CommonOffset, CommonConfig.SizeInBytes, new CommonRegisters(core, 0, CommonOffset)));
        blocks[0].Add(new(IsrOffset, 1, new IsrRegister(core, interrupts, 0, IsrOffset)));
        if (config.Bytes > 0) blocks[0].Add(new(DeviceOffset, config.Bytes, new DeviceConfigRegisters(core, config, 0, DeviceOffset)));
        blocks[0].Add(new(NotifyOffset, NotifyRegisters.Multiplier * options.Queues, new NotifyRegisters(core, NotifyOffset)));
    }

    public ConfigurationSpace Space { get; }

    public IReadOnlyList<VirtioCapability> Capabilities { get; } = [];

    /// <summary>The capabilities that found room, with their places.</summary>
    public IReadOnlyList<(VirtioCapability Capability, int Place)> Placed => placed;

    public ushort MsixControl => (ushort)Space.Read(msixPlace + PciConfig.MsixControl, 2);

    public RegisterBlock? BlockAt(int bar, ulong offset)
    {
        if (bar < 0 || bar >= blocks.Length) return null;
        foreach (var block in blocks[bar])
        {
            if (block.Contains(offset)) return block;
        }

        return null;
    }

    /// <summary>Whether an access touches pci_cfg_data, the window of the PCI access capability (virtio 1.3 §4.1.4.9).</summary>
    public bool IsWindow(int offset, int width)
    {
        var data = windowPlace + CapabilityLayout.PciAccessData;
        return windowPlace >= 0 && offset < data + 4 && offset + width > data;
    }

    /// <summary>Executes the access that the capability describes and puts its value into the window.</summary>
    public void LoadWindow(Func<int, ulong, int, ulong> read)
    {
        if (!TryGetWindow(out var bar, out var offset, out var width)) return;
        var value = read(bar, offset, width);
        Space.Write(windowPlace + CapabilityLayout.PciAccessData, 4, (uint)value);
    }

    /// <summary>Executes the write that the capability describes with the window's value.</summary>
    public void StoreWindow(Action<int, ulong, int, ulong> write)
    {
        if (!TryGetWindow(out var bar, out var offset, out var width)) return;
        var value = Space.Read(windowPlace + CapabilityLayout.PciAccessData, 4);
        write(bar, offset, width, value & Little.Ones(width));
    }

    /// <summary>How an access to configuration space is recorded.</summary>
    public RegisterAccess AccessAt(int offset, int width)
    {
        var bar = ConfigurationSpace.BarAt(offset);
        var word = offset & ~3;
        var name = RegisterName.PciConfig;
        if (bar >= 0) name = RegisterName.PciBar;
        else if (offset is PciConfig.Command or PciConfig.Command + 1) name = RegisterName.PciCommand;
        else if (word == msixPlace && offset + width > msixPlace + PciConfig.MsixControl) name = RegisterName.MsixControl;
        else if (offset >= 0x40) name = RegisterName.PciCapability;
        return new(
            name, AddressSpace.PciConfig, (ulong)offset, (uint)offset, (byte)width, Slot: bar >= 0 ? (ushort)bar : null);
    }

    private static List<BarRegister> Bars(DeviceOptions options)
    {
        var region = options.SwiotlbBytes > 0
            ? new BarRegister(BarKind.Memory64, options.SwiotlbBytes)
            : new BarRegister(BarKind.None, 16);
        return options.Legacy
            ? [new(BarKind.Io, LegacyBytes), new(BarKind.Memory, LegacyMsixBytes), region]
            : [new(BarKind.Memory, RegistersBytes), new(BarKind.None, 16), region];
    }

    private static List<VirtioCapability> Structures(DeviceOptions options, uint configBytes)
    {
        List<VirtioCapability> structures =
        [
            new(CapabilityType.Common, 0, CommonOffset, CommonConfig.SizeInBytes),
            new(CapabilityType.Notify, 0, NotifyOffset, NotifyRegisters.Multiplier * options.Queues, NotifyRegisters.Multiplier),
            new(CapabilityType.Isr, 0, IsrOffset, 1),
        ];
        if (configBytes > 0) structures.Add(new(CapabilityType.Device, 0, DeviceOffset, configBytes));
        structures.Add(new(CapabilityType.PciAccess, 0, 0, 0, Extra: 0));
        // A device that presents the capability offers the bit, and the reverse (proposal, transport-pci), unless it only hints.
        if (options.SwiotlbBytes > 0 && (options.HintsRegion || options.Features.Has(FeatureBit.Swiotlb)))
            structures.Add(new(CapabilityType.Swiotlb, PciVirtioDevice.RegionBar, 0, options.SwiotlbBytes));
        return structures;
    }

    private int AddMsix(MsixTable msix, byte bar, uint table, uint pending)
    {
        Span<byte> bytes = stackalloc byte[12];
        bytes.Clear();
        bytes[0] = PciConfig.MsixCapability;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[PciConfig.MsixControl..], (ushort)(msix.Vectors - 1));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[PciConfig.MsixTable..], table | bar);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[PciConfig.MsixPendingBits..], pending | bar);
        var place = Space.Add(bytes);
        Space.MarkWritable(place + PciConfig.MsixControl, 2, PciConfig.MsixEnable | PciConfig.MsixMaskAll);
        return place;
    }

    private void Add(VirtioCapability capability)
    {
        Span<byte> bytes = stackalloc byte[CapabilityLayout.SizeWithExtraBytes];
        bytes.Clear();
        if (capability.Extra is null) bytes = bytes[..CapabilityLayout.SizeInBytes];
        bytes[CapabilityLayout.Id] = PciConfig.VendorCapability;
        bytes[CapabilityLayout.CapabilityLength] = (byte)bytes.Length;
        bytes[CapabilityLayout.Type] = (byte)capability.Type;
        bytes[CapabilityLayout.Bar] = capability.Bar;
        bytes[CapabilityLayout.Instance] = capability.Instance;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CapabilityLayout.Offset..], capability.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CapabilityLayout.Length..], capability.Length);
        if (capability.Extra is { } extra) BinaryPrimitives.WriteUInt32LittleEndian(bytes[CapabilityLayout.SizeInBytes..], extra);
        var place = Space.Add(bytes);
        if (place < 0) return;
        placed.Add((capability, place));
        if (capability.Type != CapabilityType.PciAccess || windowPlace >= 0) return;
        windowPlace = place;
        Space.MarkWritable(place + CapabilityLayout.Bar, 1, byte.MaxValue);
        Space.MarkWritable(place + CapabilityLayout.Offset, 4, uint.MaxValue);
        Space.MarkWritable(place + CapabilityLayout.Length, 4, uint.MaxValue);
        Space.MarkWritable(place + CapabilityLayout.PciAccessData, 4, uint.MaxValue);
    }

    private bool TryGetWindow(out int bar, out ulong offset, out int width)
    {
        bar = (int)Space.Read(windowPlace + CapabilityLayout.Bar, 1);
        offset = Space.Read(windowPlace + CapabilityLayout.Offset, 4);
        var length = Space.Read(windowPlace + CapabilityLayout.Length, 4);
        width = length is 1 or 2 or 4 ? (int)length : 0;
        return width != 0 && offset % length == 0 && bar < PciConfig.BarCount && offset < Space.Bar(bar).Bytes
            && Space.Bar(bar).Kind != BarKind.None;
    }
}
