using System.Globalization;
using Tracing.Capture.Importing.Observed;
using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// Devices on virtio-pci: QEMU's own, whose structures are memory regions with names, and those of another process, whose BARs
/// are whole and whose structures lie where their capabilities say.
/// </summary>
internal sealed class QemuPciDevices(QemuFunctions functions, QemuDoorbells rung, ObservationRecorder recorder)
{
    private const string LegacyRegion = "virtio-pci";
    private const string ModernPrefix = "virtio-pci-";
    private const string WholeBarPrefix = "bar-region-";

    /// <summary>QEMU's modern BAR: the structures, a page each, in this order.</summary>
    private const ulong StructureBytes = 0x1000;

    private static readonly (string Region, CapabilityType Type)[] structures =
        [("common", CapabilityType.Common), ("isr", CapabilityType.Isr), ("device", CapabilityType.Device), ("notify", CapabilityType.Notify)];

    /// <summary>The device whose status was written last: QEMU's next line about a status is about it.</summary>
    public ObservedFunction? StatusWritten { get; set; }

    /// <summary>An access to a memory region.</summary>
    /// <returns>False if it is none of a virtio function.</returns>
    public bool Region(bool isWrite, ulong address, ulong value, byte width, ReadOnlySpan<char> region)
    {
        if (region.StartsWith(ModernPrefix)) return Modern(isWrite, address, value, width, region[ModernPrefix.Length..]);
        if (region.StartsWith(WholeBarPrefix)) return WholeBar(isWrite, address, value, width, region[WholeBarPrefix.Length..]);
        if (region.SequenceEqual(LegacyRegion)) return Legacy(isWrite, address, value, width);
        if (region.SequenceEqual("pci-conf-idx") && isWrite) functions.Bus.PortWritten(address, value);
        else if (region.SequenceEqual("pci-conf-data") && isWrite && functions.Bus.Selected(address) is var (place, offset))
            functions.Bus.SpaceAt(place)?.Written(offset, unchecked((uint)value));
        return false;
    }

    /// <summary>An access to configuration space.</summary>
    /// <returns>False if it is none of a virtio function.</returns>
    public bool Configuration(bool isWrite, ushort place, ulong offset, ulong value, ReadOnlySpan<char> name)
    {
        var space = functions.Bus.SpaceAt(place);
        if (isWrite) space?.Written(offset, unchecked((uint)value));
        else space?.Read(offset, unchecked((uint)value), width: null);
        if (functions.Named(place, name) is not { } function || offset >= PciConfig.SizeInBytes) return false;
        recorder.Register(function, isWrite, function.Config.Register(offset, unchecked((uint)value), width: 0), value);
        return true;
    }

    /// <summary>QEMU maps a BAR: only where a bounce-buffer window lies in it is of interest.</summary>
    public bool Mapped(ushort place, ulong bar, ulong address, ulong size, ReadOnlySpan<char> name)
    {
        functions.Bus.SpaceAt(place)?.Placed(unchecked((int)bar), address, size);
        if (functions.Named(place, name) is not { } function) return false;
        recorder.ShowWindow(function);
        return true;
    }

    /// <summary>QEMU takes a BAR out of the map.</summary>
    public bool Unmapped(ushort place, ulong address, ulong size)
    {
        if (functions.Bus.At(place) is not { } function) return false;
        if (function.Window is { } window && window.Start >= address && window.Start - address < size) recorder.HideWindow(function);
        return true;
    }

    private bool Modern(bool isWrite, ulong address, ulong value, byte width, ReadOnlySpan<char> rest)
    {
        var dash = rest.IndexOf('-');
        if (StructureNamed(dash < 0 ? rest : rest[..dash]) is not var (structure, begin)) return false;
        var start = address & ~(((ulong)structures.Length * StructureBytes) - 1);
        var (function, bar) = functions.AtBase(start, dash < 0 ? "virtio" : rest[(dash + 1)..]);
        if (function is null) return false;
        Tell(function, isWrite, function.InStructure(structure, begin, address - start, width, value, bar), value);
        return true;
    }

    private bool WholeBar(bool isWrite, ulong address, ulong value, byte width, ReadOnlySpan<char> number)
    {
        if (!byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var bar) || bar >= PciConfig.BarCount) return false;
        if (functions.Bus.InBar(bar, address) is not var (function, start)) return false;
        if (function.InBar(bar, address - start, width, value) is not { } register) return false;
        Tell(function, isWrite, register, value);
        return true;
    }

    private bool Legacy(bool isWrite, ulong port, ulong value, byte width)
    {
        if (functions.Bus.InBar(0, port) is not var (function, start)) return false;
        Tell(function, isWrite, function.InLegacyHeader(port - start, width, value), value);
        return true;
    }

    private void Tell(ObservedFunction function, bool isWrite, in ObservedRegister register, ulong value)
    {
        recorder.ShowCapabilities(function);
        if (isWrite && register.IsDoorbell) rung.Rang(function, value);
        if (isWrite && register.Access.Name == RegisterName.DeviceStatus)
        {
            if (value == 0) rung.Forget(function);
            StatusWritten = function;
        }

        recorder.Register(function, isWrite, register, value);
    }

    private static (CapabilityType Type, ulong Begin)? StructureNamed(ReadOnlySpan<char> region)
    {
        for (var index = 0; index < structures.Length; index++)
        {
            if (region.SequenceEqual(structures[index].Region)) return (structures[index].Type, (ulong)index * StructureBytes);
        }

        return null;
    }
}
