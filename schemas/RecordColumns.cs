using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tracing.Schemas;

/// <summary>Reads and writes any column of a record by its definition; the slow, general way.</summary>
public static class RecordColumns
{
    /// <summary>The column's value as an unsigned number, or null if the record does not carry it.</summary>
    public static ulong? Read(in EventRecord record, ColumnDefinition definition)
    {
        if (definition.Presence >= 0 && (record.Presence & (1u << definition.Presence)) == 0) return null;
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<EventRecord>(in record))[definition.Offset..];
        return definition.Column switch
        {
            Column.Device or Column.Queue when BinaryPrimitives.ReadUInt16LittleEndian(bytes) == EventRecord.None => null,
            Column.AddressSpace => Nibble(bytes[0] & 0xf, excess: 1),
            Column.TargetSpace => Nibble(bytes[0] >> 4, excess: 1),
            Column.Ordering => Nibble(bytes[0] & 0xf, excess: 0),
            Column.OrderingDomain => Nibble(bytes[0] >> 4, excess: 0),
            Column.SourceSequence => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => definition.Type switch
            {
                ColumnType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                ColumnType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                ColumnType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                _ => bytes[0],
            },
        };
    }

    /// <summary>Sets a column. A value that is too wide is cut: the caller checks.</summary>
    public static void Write(ref EventRecord record, ColumnDefinition definition, ulong value)
    {
        if (definition.Presence >= 0) record.Presence |= 1u << definition.Presence;
        var bytes = MemoryMarshal.AsBytes(new Span<EventRecord>(ref record))[definition.Offset..];
        unchecked
        {
            switch (definition.Column)
            {
                case Column.AddressSpace: bytes[0] = (byte)((bytes[0] & 0xf0) | (((int)value + 1) & 0xf)); return;
                case Column.TargetSpace: bytes[0] = (byte)((bytes[0] & 0x0f) | (((int)value + 1) << 4)); return;
                case Column.Ordering: bytes[0] = (byte)((bytes[0] & 0xf0) | ((int)value & 0xf)); return;
                case Column.OrderingDomain: bytes[0] = (byte)((bytes[0] & 0x0f) | ((int)value << 4)); return;
                case Column.SourceSequence: BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); return;
            }

            switch (definition.Type)
            {
                case ColumnType.UInt64: BinaryPrimitives.WriteUInt64LittleEndian(bytes, value); return;
                case ColumnType.UInt32: BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); return;
                case ColumnType.UInt16: BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value); return;
                default: bytes[0] = (byte)value; return;
            }
        }
    }

    private static ulong? Nibble(int bits, int excess) => bits == 0 ? null : (ulong)(bits - excess);
}
