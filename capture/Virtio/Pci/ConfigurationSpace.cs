using System.Buffers.Binary;

namespace Tracing.Virtio.Pci;

/// <summary>What a function is, in the words of its header.</summary>
internal sealed record PciIdentity(ushort Device, byte Revision, ushort Subsystem, uint ClassCode, byte InterruptPin)
{
    /// <summary>The vendor of every virtio function (virtio 1.3 §4.1.2).</summary>
    public const ushort VirtioVendor = 0x1af4;
}

/// <summary>
/// The configuration space of a type 0 function: header, base address registers, capability list. Bytes that software
/// may change are marked so; everything else keeps its value.
/// </summary>
internal sealed class ConfigurationSpace
{
    private const ushort WritableCommand = PciConfig.CommandIo | PciConfig.CommandMemory
        | PciConfig.CommandBusMaster | PciConfig.CommandInterruptDisable;

    private const int FirstCapability = 0x40;
    private const ushort CapabilityListPresent = 1 << 4;

    private readonly byte[] image = new byte[PciConfig.SizeInBytes];
    private readonly byte[] writable = new byte[PciConfig.SizeInBytes];
    private readonly BarRegister[] bars;
    private int nextCapability = FirstCapability;
    private int lastLink = PciConfig.CapabilitiesPointer;

    public ConfigurationSpace(PciIdentity identity, IReadOnlyList<BarRegister> definedBars)
    {
        bars = new BarRegister[PciConfig.BarCount];
        for (var i = 0; i < bars.Length; i++)
            bars[i] = i < definedBars.Count ? definedBars[i] : new BarRegister(BarKind.None, 16);

        Put16(PciConfig.VendorId, PciIdentity.VirtioVendor);
        Put16(PciConfig.DeviceId, identity.Device);
        image[PciConfig.Revision] = identity.Revision;
        Little.Write(image, PciConfig.ClassCode, 3, identity.ClassCode);
        Put16(PciConfig.SubsystemVendorId, PciIdentity.VirtioVendor);
        Put16(PciConfig.SubsystemId, identity.Subsystem);
        Put16(PciConfig.Status, CapabilityListPresent);
        image[PciConfig.InterruptPin] = identity.InterruptPin;
        MarkWritable(PciConfig.Command, 2, WritableCommand);
        // Interrupt line: software's own notepad.
        MarkWritable(PciConfig.InterruptPin - 1, 1, 0xff);
    }

    public ushort Command => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(PciConfig.Command));

    public BarRegister Bar(int index) => bars[index];

    /// <summary>Sets the command register as firmware does, past the access path.</summary>
    public void SetCommand(ushort command) => Put16(PciConfig.Command, (ushort)(command & WritableCommand));

    /// <summary>Back to what it was at power-on: what software wrote is gone, no BAR is placed.</summary>
    public void Reset()
    {
        for (var offset = 0; offset < image.Length; offset++) image[offset] &= unchecked((byte)~writable[offset]);
        foreach (var bar in bars) bar.Place(0);
    }

    /// <summary>Appends a capability and returns where it begins; -1 if the space is full.</summary>
    public int Add(ReadOnlySpan<byte> capability)
    {
        var place = nextCapability;
        var next = (place + capability.Length + 3) / 4 * 4;
        if (next > PciConfig.SizeInBytes) return -1;
        capability.CopyTo(image.AsSpan(place));
        image[place + CapabilityLayout.Next] = 0;
        image[lastLink] = (byte)place;
        lastLink = place + CapabilityLayout.Next;
        nextCapability = next;
        return place;
    }

    /// <summary>Lets software change the bits of <paramref name="mask"/>.</summary>
    public void MarkWritable(int offset, int width, uint mask) => Little.Write(writable, (ulong)offset, width, mask);

    /// <summary>Whether such an access exists: within the space, within one 32-bit word.</summary>
    public static bool IsAccess(int offset, int width)
        => width is 1 or 2 or 4 && offset >= 0 && offset <= PciConfig.SizeInBytes - width && offset % 4 + width <= 4;

    /// <summary>The base address register at <paramref name="offset"/>; -1 if there is none.</summary>
    public static int BarAt(int offset)
        => offset is >= PciConfig.Bar0 and < PciConfig.Bar0 + 4 * PciConfig.BarCount ? (offset - PciConfig.Bar0) / 4 : -1;

    public uint Read(int offset, int width)
    {
        if (BarAt(offset) is var bar and >= 0)
            return (uint)((ReadBarRegister(bar) >> (offset % 4 * 8)) & Little.Ones(width));
        return (uint)Little.Read(image, (ulong)offset, width);
    }

    public void Write(int offset, int width, uint value)
    {
        if (BarAt(offset) is var bar and >= 0)
        {
            var shift = offset % 4 * 8;
            var mask = (uint)Little.Ones(width) << shift;
            WriteBarRegister(bar, (ReadBarRegister(bar) & ~mask) | ((value << shift) & mask));
            return;
        }

        for (var i = 0; i < width; i++)
        {
            var mask = writable[offset + i];
            var written = unchecked((byte)(value >> (8 * i)));
            image[offset + i] = (byte)((image[offset + i] & ~mask) | (written & mask));
        }
    }

    private uint ReadBarRegister(int index)
        => IsUpperHalf(index) ? bars[index - 1].High : bars[index].Kind == BarKind.None ? 0 : bars[index].Low;

    private void WriteBarRegister(int index, uint value)
    {
        if (IsUpperHalf(index)) bars[index - 1].WriteHigh(value);
        else bars[index].WriteLow(value);
    }

    private bool IsUpperHalf(int index) => index > 0 && bars[index - 1].Kind == BarKind.Memory64;

    private void Put16(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), value);
}
