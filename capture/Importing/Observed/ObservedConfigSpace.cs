using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Observed;

/// <summary>
/// A function's configuration space, put together from accesses to it: which device it is, where its BARs lie, and its virtio
/// structures. Only what somebody read is known.
/// </summary>
internal sealed class ObservedConfigSpace
{
    private const uint MemoryAddressBits = 0xffff_fff0;
    private const uint IoAddressBits = 0xffff_fffc;
    private const uint IsIo = 1;
    private const uint TypeBits = 7;
    private const uint Is64Bit = 4;
    private const int FirstCapability = 0x40;
    private const int BarFieldBytes = 4;
    private const ushort TransitionalIds = 0x1000;
    private const ushort ModernIds = 0x1040;
    private const ushort LastModernId = 0x107f;
    private const ushort VirtioVendor = 0x1af4;

    private readonly byte[] bytes = new byte[PciConfig.SizeInBytes];
    private readonly bool[] isKnown = new bool[PciConfig.SizeInBytes];
    private readonly uint[] bars = new uint[PciConfig.BarCount];
    private readonly uint[] fixedBits = new uint[PciConfig.BarCount];
    private readonly ulong?[] sizes = new ulong?[PciConfig.BarCount];
    private readonly bool[] isBeingSized = new bool[PciConfig.BarCount];

    /// <summary>The virtio device type (virtio 1.3 §5) that the ids name; null if they were not read, or name no virtio device.</summary>
    public ulong? DeviceType => Half(PciConfig.VendorId) == VirtioVendor && Half(PciConfig.DeviceId) is { } device ? TypeOf(device) : null;

    /// <summary>Somebody read <paramref name="value"/> at <paramref name="offset"/>.</summary>
    /// <param name="offset">From the start of configuration space.</param>
    /// <param name="value">What came back.</param>
    /// <param name="width">Bytes; null if unknown: then those that the value needs are known.</param>
    public void Read(ulong offset, uint value, int? width)
    {
        if (offset >= PciConfig.SizeInBytes) return;
        if (BarAt(offset) is { } bar)
        {
            ReadBar(bar, value);
            return;
        }

        var count = width ?? (value > 0xff_ffff ? 4 : value > 0xffff ? 3 : value > 0xff ? 2 : 1);
        for (var index = 0; index < count && offset + (ulong)index < PciConfig.SizeInBytes; index++)
        {
            bytes[(int)offset + index] = unchecked((byte)(value >> (8 * index)));
            isKnown[(int)offset + index] = true;
        }
    }

    /// <summary>Somebody wrote <paramref name="value"/> at <paramref name="offset"/>: only where the BARs lie is of interest.</summary>
    public void Written(ulong offset, uint value)
    {
        if (BarAt(offset) is not { } bar) return;
        isBeingSized[bar] = value == uint.MaxValue;
        if (!isBeingSized[bar]) bars[bar] = value;
    }

    /// <summary>The platform says where a BAR lies.</summary>
    public void Placed(int bar, ulong address, ulong size)
    {
        if (bar is < 0 or >= PciConfig.BarCount) return;
        (bars[bar], sizes[bar]) = ((uint)(address & uint.MaxValue), size);
        if (address <= uint.MaxValue || bar + 1 == PciConfig.BarCount) return;
        fixedBits[bar] = Is64Bit;
        bars[bar + 1] = (uint)(address >> 32);
    }

    /// <summary>First address of a BAR; null if nobody placed it.</summary>
    public ulong? AddressOf(int bar)
    {
        var bits = bars[bar] | fixedBits[bar];
        var low = bars[bar] & ((bits & IsIo) != 0 ? IoAddressBits : MemoryAddressBits);
        var isWide = (bits & TypeBits) == Is64Bit && bar + 1 < PciConfig.BarCount;
        var address = isWide ? low | ((ulong)bars[bar + 1] << 32) : low;
        return address == 0 ? null : address;
    }

    /// <summary>How large it is, in bytes; null if nobody asked.</summary>
    public ulong? SizeOf(int bar) => sizes[bar];

    /// <summary>Whether an address lies in a BAR, as far as its size is known.</summary>
    public bool Holds(int bar, ulong address)
        => AddressOf(bar) is { } start && address >= start && (sizes[bar] is not { } size || address - start < size);

    /// <summary>The virtio structure capabilities of which at least the type was read, in the order of their places.</summary>
    public IEnumerable<ObservedCapability> Capabilities()
    {
        for (var place = FirstCapability; place <= PciConfig.SizeInBytes - CapabilityLayout.SizeInBytes; place += 4)
        {
            if (Byte(place) == PciConfig.VendorCapability && Byte(place + CapabilityLayout.Type) is { } type)
                yield return At(place, type);
        }
    }

    /// <summary>
    /// Whether the list of capabilities was followed from its head to its end, with the type of each virtio structure: then a
    /// structure that is not there is not there.
    /// </summary>
    public bool IsWholeListKnown()
    {
        var next = Byte(PciConfig.CapabilitiesPointer);
        foreach (var place in ListedPlaces())
        {
            if (Byte(place) is not { } id || (id == PciConfig.VendorCapability && Byte(place + CapabilityLayout.Type) is null)) return false;
            next = Byte(place + CapabilityLayout.Next);
        }

        return next == 0;
    }

    /// <summary>Where on the bus the bounce-buffer window of the SWIOTLB proposal lies; null if there is none, or nobody placed it.</summary>
    public (byte Bar, ulong Start, ulong Length)? Window()
    {
        foreach (var capability in Capabilities())
        {
            if (capability is not { Type: CapabilityType.Swiotlb, Bar: { } bar and < PciConfig.BarCount, Offset: { } offset, Length: { } length and > 0 }) continue;
            return AddressOf(bar) is { } start && start <= ulong.MaxValue - offset - length ? (bar, start + offset, length) : null;
        }

        return null;
    }

    /// <summary>The register that an access to configuration space reaches.</summary>
    /// <param name="offset">From its start, below its size.</param>
    /// <param name="value">What is read or written.</param>
    /// <param name="width">Bytes; 0 if unknown.</param>
    public ObservedRegister Register(ulong offset, uint value, byte width)
    {
        var bar = offset is >= PciConfig.Bar0 and < PciConfig.Bar0 + (BarFieldBytes * PciConfig.BarCount)
            ? (ushort)((offset - PciConfig.Bar0) / BarFieldBytes)
            : (ushort?)null;
        var name = offset == PciConfig.Command ? RegisterName.PciCommand
            : bar is not null ? RegisterName.PciBar
            : IsMsixControl(offset, value, width) ? RegisterName.MsixControl
            : RegisterName.PciConfig;
        return new ObservedRegister(new RegisterAccess(name, AddressSpace.PciConfig, offset, (uint)offset, width, Slot: bar));
    }

    /// <summary>The base address register that an offset is; null if it is none, or not its start.</summary>
    public static int? BarAt(ulong offset)
        => offset is >= PciConfig.Bar0 and < PciConfig.Bar0 + (BarFieldBytes * PciConfig.BarCount) && offset % BarFieldBytes == 0
            ? (int)(offset - PciConfig.Bar0) / BarFieldBytes
            : null;

    /// <summary>The device type behind a PCI device id (virtio 1.3 §4.1.2).</summary>
    private static ulong? TypeOf(ushort device) => device switch
    {
        > ModernIds and <= LastModernId => (ulong)(device - ModernIds),
        TransitionalIds => 1,
        TransitionalIds + 1 => 2,
        TransitionalIds + 2 => 5,
        TransitionalIds + 3 => 3,
        TransitionalIds + 4 => 8,
        TransitionalIds + 5 => 4,
        TransitionalIds + 9 => 9,
        _ => null,
    };

    /// <summary>The places of the list of capabilities, as far as somebody followed it.</summary>
    private IEnumerable<int> ListedPlaces()
    {
        var left = PciConfig.SizeInBytes / 4;
        for (var next = Byte(PciConfig.CapabilitiesPointer); next is > 0 && left-- > 0;)
        {
            var place = next.Value & ~3;
            yield return place;
            next = Byte(place + CapabilityLayout.Next);
        }
    }

    /// <summary>
    /// Whether an access takes MSI-X's message control as a whole: a half of it would tell of a shorter vector table. Where the
    /// width is unknown, bits of the upper half show it.
    /// </summary>
    private bool IsMsixControl(ulong offset, uint value, byte width)
        => offset % 4 == PciConfig.MsixControl && (width == 0 ? value > byte.MaxValue : width == sizeof(ushort))
            && ListedPlaces().Any(place => place + PciConfig.MsixControl == (int)offset && Byte(place) == PciConfig.MsixCapability);

    private void ReadBar(int bar, uint value)
    {
        var isIo = (value & IsIo) != 0;
        fixedBits[bar] = value & (isIo ? IsIo : TypeBits);
        if (!isBeingSized[bar])
        {
            bars[bar] = value;
            return;
        }

        var mask = value & (isIo ? IoAddressBits : MemoryAddressBits);
        if (mask != 0) sizes[bar] = unchecked((uint)-(int)mask);
    }

    private ObservedCapability At(int place, byte type) => new(
        place, (CapabilityType)type, Byte(place + CapabilityLayout.Bar), Word(place + CapabilityLayout.Offset), Word(place + CapabilityLayout.Length));

    private byte? Byte(int offset) => offset < PciConfig.SizeInBytes && isKnown[offset] ? bytes[offset] : null;

    private ushort? Half(int offset) => isKnown[offset] && isKnown[offset + 1] ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset)) : null;

    /// <summary>These fields are read at once: bytes that no value needed are zero.</summary>
    private uint? Word(int offset) => isKnown[offset] ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset)) : null;
}
