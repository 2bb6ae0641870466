using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Driver;

/// <summary>The driver's accesses to one PCI function's configuration space, each recorded.</summary>
internal sealed class PciFunctionAccess(IPciBus bus, DriverProbes probes)
{
    private const uint BarIsIo = 1;
    private const uint BarIs64Bit = 4;
    private const uint MemoryBarFlags = 0xf;
    private const uint IoBarFlags = 0x3;

    public IPciBus Bus => bus;

    public uint Read(RegisterName name, int offset, int width, ushort? slot = null)
    {
        var value = bus.ReadConfig(offset, width);
        probes.RegisterRead(At(name, offset, width, slot), value);
        return value;
    }

    public void Write(RegisterName name, int offset, int width, uint value, ushort? slot = null)
    {
        probes.RegisterWrite(At(name, offset, width, slot), value);
        bus.WriteConfig(offset, width, value);
    }

    /// <summary>Switches decoding and bus mastering together, and keeps the command register's other bits.</summary>
    public void SetDecode(bool on)
    {
        const ushort decode = PciConfig.CommandIo | PciConfig.CommandMemory | PciConfig.CommandBusMaster;
        var command = Read(RegisterName.PciCommand, PciConfig.Command, 2);
        var wanted = on ? command | decode : command & ~(uint)decode;
        Write(RegisterName.PciCommand, PciConfig.Command, 2, wanted);
    }

    /// <summary>Switches memory decoding alone.</summary>
    public void SetMemoryDecode(bool on)
    {
        var command = Read(RegisterName.PciCommand, PciConfig.Command, 2);
        Write(RegisterName.PciCommand, PciConfig.Command, 2, on ? command | PciConfig.CommandMemory : command & ~(uint)PciConfig.CommandMemory);
    }

    /// <summary>Writes a BAR's base; both halves if it is a 64-bit one.</summary>
    public void MoveBar(byte bar, ulong address)
    {
        if (bar >= PciConfig.BarCount) return;
        var offset = PciConfig.Bar0 + 4 * bar;
        var low = Read(RegisterName.PciBar, offset, 4, bar);
        Write(RegisterName.PciBar, offset, 4, unchecked((uint)address), bar);
        if ((low & BarIsIo) == 0 && (low & BarIs64Bit) != 0 && bar + 1 < PciConfig.BarCount)
            Write(RegisterName.PciBar, offset + 4, 4, (uint)(address >> 32), (ushort)(bar + 1));
    }

    /// <summary>A BAR's base address.</summary>
    public ulong BarBase(byte bar)
    {
        var offset = PciConfig.Bar0 + 4 * bar;
        ulong low = Read(RegisterName.PciBar, offset, 4, bar);
        if ((low & BarIsIo) != 0) return low & ~(ulong)IoBarFlags;
        if ((low & BarIs64Bit) == 0 || bar + 1 >= PciConfig.BarCount) return low & ~(ulong)MemoryBarFlags;
        ulong high = Read(RegisterName.PciBar, offset + 4, 4, (ushort)(bar + 1));
        return (high << 32) | (low & ~(ulong)MemoryBarFlags);
    }

    /// <summary>Fills one entry of the MSI-X table and unmasks it.</summary>
    public void WriteVector(StructurePlace table, int vector, ulong address, uint message)
    {
        var entry = table.Offset + (ulong)vector * PciConfig.MsixEntryBytes;
        WriteTable(table.Bar, entry, unchecked((uint)address), vector);
        WriteTable(table.Bar, entry + 4, (uint)(address >> 32), vector);
        WriteTable(table.Bar, entry + 8, message, vector);
        WriteTable(table.Bar, entry + 12, 0, vector);
    }

    /// <summary>Switches MSI-X on.</summary>
    public void EnableMessages(int capability)
    {
        var place = capability + PciConfig.MsixControl;
        var control = Read(RegisterName.MsixControl, place, 2);
        Write(RegisterName.MsixControl, place, 2, (control | PciConfig.MsixEnable) & ~(uint)PciConfig.MsixMaskAll);
    }

    private void WriteTable(byte bar, ulong offset, uint value, int vector)
    {
        var access = new RegisterAccess(
            RegisterName.MsixTable, AddressSpace.Bar, offset, unchecked((uint)offset), 4, Slot: (ushort)vector);
        probes.RegisterWrite(access, value);
        bus.WriteBar(bar, offset, 4, value);
    }

    private static RegisterAccess At(RegisterName name, int offset, int width, ushort? slot)
        => new(name, AddressSpace.PciConfig, (ulong)offset, (uint)offset, (byte)width, Slot: slot);
}
