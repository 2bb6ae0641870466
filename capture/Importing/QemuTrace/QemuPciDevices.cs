using System.Globalization;
using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// Devices on virtio-pci: QEMU's own, whose structures are memory regions with names, and those of another process, whose BARs
/// are whole and whose structures lie where their capabilities say.
/// </summary>
internal sealed class QemuPciDevices(QemuFunctions functions, QemuRecorder recorder)
{
    private const string LegacyRegion = "virtio-pci";
    private const string ModernPrefix = "virtio-pci-";
    private const string WholeBarPrefix = "bar-region-";

    /// <summary>The device whose status was written last: QEMU's next line about a status is about it.</summary>
    public QemuFunction? StatusWritten { get; set; }

    /// <summary>An access to a memory region.</summary>
    /// <returns>False if it is none of a virtio function.</returns>
    public bool Region(bool isWrite, ulong address, ulong value, byte width, ReadOnlySpan<char> region)
    {
        if (region.StartsWith(ModernPrefix)) return Modern(isWrite, address, value, width, region[ModernPrefix.Length..]);
        if (region.StartsWith(WholeBarPrefix)) return WholeBar(isWrite, address, value, width, region[WholeBarPrefix.Length..]);
        if (region.SequenceEqual(LegacyRegion)) return Legacy(isWrite, address, value, width);
        if (region.SequenceEqual("pci-conf-idx") && isWrite) functions.PortWritten(address, value);
        else if (region.SequenceEqual("pci-conf-data") && isWrite && width == sizeof(uint)) functions.DataWritten(value);
        return false;
    }

    /// <summary>An access to configuration space.</summary>
    /// <returns>False if it is none of a virtio function.</returns>
    public bool Configuration(bool isWrite, ushort place, ulong offset, ulong value, ReadOnlySpan<char> name)
    {
        var space = functions.SpaceAt(place);
        if (isWrite) space?.Written(offset, unchecked((uint)value));
        else space?.Read(offset, unchecked((uint)value), width: null);
        if (functions.Named(place, name) is not { } function || offset >= PciConfig.SizeInBytes) return false;
        var bar = offset is >= PciConfig.Bar0 and < PciConfig.Bar0 + (sizeof(uint) * PciConfig.BarCount)
            ? (ushort)((offset - PciConfig.Bar0) / sizeof(uint))
            : (ushort?)null;
        var register = offset == PciConfig.Command ? RegisterName.PciCommand : bar is null ? RegisterName.PciConfig : RegisterName.PciBar;
        recorder.Register(
            function.Registers, isWrite,
            new ObservedRegister(new RegisterAccess(register, AddressSpace.PciConfig, offset, (uint)offset, Width: 0, Slot: bar)), value);
        return true;
    }

    /// <summary>QEMU maps a BAR: only where a bounce-buffer window lies in it is of interest.</summary>
    public bool Mapped(ushort place, ulong bar, ulong address, ulong size, ReadOnlySpan<char> name)
    {
        functions.SpaceAt(place)?.Placed(unchecked((int)bar), address, size);
        if (functions.Named(place, name) is not { } function) return false;
        ShowWindow(function);
        return true;
    }

    /// <summary>QEMU takes a BAR out of the map.</summary>
    public bool Unmapped(ushort place, ulong bar, ulong address, ulong size)
    {
        if (functions.At(place) is not { } function) return false;
        if (function.Window is var (region, start, length) && start >= address && start - address < size)
        {
            recorder.WindowUnmapped(function.Registers, region, start, length);
            function.Window = null;
        }

        return true;
    }

    private bool Modern(bool isWrite, ulong address, ulong value, byte width, ReadOnlySpan<char> rest)
    {
        var dash = rest.IndexOf('-');
        if (QemuFunction.StructureNamed(dash < 0 ? rest : rest[..dash]) is not var (structure, begin)) return false;
        var start = address & ~(QemuFunction.BarBytes - 1);
        var (function, bar) = functions.AtBase(start, dash < 0 ? "virtio" : rest[(dash + 1)..]);
        if (function is null) return false;
        Tell(function, isWrite, function.Registers.InStructure(structure, begin, address - start, width, value, bar), value);
        return true;
    }

    private bool WholeBar(bool isWrite, ulong address, ulong value, byte width, ReadOnlySpan<char> number)
    {
        if (!byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var bar) || bar >= PciConfig.BarCount) return false;
        var (function, start) = functions.InBar(bar, address);
        if (function?.Registers.InBar(bar, address - start, width, value) is not { } register) return false;
        Tell(function, isWrite, register, value);
        return true;
    }

    private bool Legacy(bool isWrite, ulong port, ulong value, byte width)
    {
        var (function, start) = functions.InBar(0, port);
        if (function is null) return false;
        Tell(function, isWrite, function.Registers.InLegacyHeader(port - start, width, value), value);
        return true;
    }

    private void Tell(QemuFunction function, bool isWrite, in ObservedRegister register, ulong value)
    {
        ShowCapabilities(function);
        if (isWrite && register.IsDoorbell && function.Rung.Count < ushort.MaxValue) function.Rung.Add(value & ushort.MaxValue);
        if (isWrite && register.Access.Name == RegisterName.DeviceStatus)
        {
            if (value == 0) function.Rung.Clear();
            StatusWritten = function;
        }

        recorder.Register(function.Registers, isWrite, register, value);
    }

    /// <summary>
    /// A driver that goes to the registers has been through the capabilities. They are told of when all of them are known, since
    /// whoever tells of some says that there are no others.
    /// </summary>
    private void ShowCapabilities(QemuFunction function)
    {
        var registers = function.Registers;
        if (registers.HasToldCapabilities || !registers.Config.IsWholeListKnown()) return;
        registers.HasToldCapabilities = true;
        foreach (var capability in registers.Config.Capabilities()) recorder.Capability(registers, capability);
        ShowWindow(function);
    }

    private void ShowWindow(QemuFunction function)
    {
        if (function.Window is not null || !function.Registers.HasToldCapabilities) return;
        foreach (var capability in function.Registers.Config.Capabilities())
        {
            if (capability is not { Type: CapabilityType.Swiotlb, Bar: { } bar, Offset: { } offset, Length: { } length and > 0 } || bar >= PciConfig.BarCount) continue;
            if (function.Registers.Config.AddressOf(bar) is not { } start || start > ulong.MaxValue - offset - length) continue;
            function.Window = (recorder.WindowMapped(function.Registers, bar, start + offset, length), start + offset, length);
            return;
        }
    }
}
