using System.Buffers.Binary;

namespace Tracing.Virtio.Pci;

/// <summary>The vector table and the pending bits of MSI-X (PCI 3.0 §6.8.2).</summary>
internal sealed class MsixTable
{
    private const int ControlOffset = 12;
    private const uint Masked = 1;

    private readonly byte[] entries;
    private readonly bool[] pending;

    public MsixTable(int vectors)
    {
        entries = new byte[vectors * PciConfig.MsixEntryBytes];
        pending = new bool[vectors];
        Clear();
    }

    public int Vectors => pending.Length;

    public bool IsEnabled { get; private set; }

    public bool IsAllMasked { get; private set; }

    /// <summary>Whether the function may send anything: messages are memory writes.</summary>
    public bool IsBusMaster { get; set; }

    /// <summary>Bytes of the table.</summary>
    public uint TableBytes => (uint)entries.Length;

    /// <summary>Bytes of the pending bits: one per vector, in 64-bit words.</summary>
    public uint PendingBytes => (uint)((Vectors + 63) / 64 * 8);

    /// <summary>After power-on every vector is masked.</summary>
    public void Clear()
    {
        Array.Clear(entries);
        Array.Clear(pending);
        for (var vector = 0; vector < Vectors; vector++)
            BinaryPrimitives.WriteUInt32LittleEndian(Entry(vector)[ControlOffset..], Masked);
    }

    public void SetControl(ushort control)
    {
        IsEnabled = (control & PciConfig.MsixEnable) != 0;
        IsAllMasked = (control & PciConfig.MsixMaskAll) != 0;
    }

    public ulong ReadTable(ulong offset, int width) => Little.Read(entries, offset, width);

    public void WriteTable(ulong offset, int width, ulong value) => Little.Write(entries, offset, width, value);

    public ulong ReadPending(ulong offset, int width)
    {
        var value = 0UL;
        for (var bit = 0; bit < width * 8; bit++)
        {
            var vector = offset * 8 + (ulong)bit;
            if (vector < (ulong)Vectors && pending[vector]) value |= 1UL << bit;
        }

        return value;
    }

    /// <summary>The message of a vector if it may be sent now; otherwise the vector is marked pending.</summary>
    public bool TrySignal(ushort vector, out ulong address, out uint data)
    {
        (address, data) = MessageOf(vector);
        if (MaySend(vector)) return true;
        pending[vector] = true;
        return false;
    }

    /// <summary>The next message that waited for its mask to be lifted.</summary>
    public bool TryTakePending(out ushort vector, out ulong address, out uint data)
    {
        for (var candidate = 0; candidate < Vectors; candidate++)
        {
            if (!pending[candidate] || !MaySend((ushort)candidate)) continue;
            pending[candidate] = false;
            vector = (ushort)candidate;
            (address, data) = MessageOf(vector);
            return true;
        }

        (vector, address, data) = (0, 0, 0);
        return false;
    }

    private bool MaySend(ushort vector)
        => IsBusMaster && IsEnabled && !IsAllMasked
            && (BinaryPrimitives.ReadUInt32LittleEndian(Entry(vector)[ControlOffset..]) & Masked) == 0;

    private (ulong Address, uint Data) MessageOf(ushort vector)
        => (BinaryPrimitives.ReadUInt64LittleEndian(Entry(vector)), BinaryPrimitives.ReadUInt32LittleEndian(Entry(vector)[8..]));

    private Span<byte> Entry(int vector) => entries.AsSpan(vector * PciConfig.MsixEntryBytes, PciConfig.MsixEntryBytes);
}
