using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Schemas;

/// <summary>Columns, record, vocabularies and DuckDB agree, byte for byte and name for name.</summary>
public sealed class DriftTests
{
    [Fact]
    public void Columns_stand_at_their_own_place()
    {
        Assert.Equal(Enum.GetValues<Column>(), Columns.All.Select(definition => definition.Column));
        Assert.Equal(Columns.All.Count, Columns.All.Select(definition => definition.Name).Distinct().Count());
    }

    [Fact]
    public void A_record_is_one_cache_line()
    {
        Assert.Equal(64, EventRecord.SizeInBytes);
        Assert.Equal(EventRecord.SizeInBytes, Unsafe.SizeOf<EventRecord>());
    }

    [Fact]
    public void A_columns_property_writes_the_bytes_that_its_definition_names()
    {
        foreach (var definition in Columns.All)
        {
            if (definition.Presence < 0 || definition.Column == Column.Note) continue;
            var property = typeof(EventRecord).GetProperty(definition.Column.ToString())!;
            var type = Nullable.GetUnderlyingType(property.PropertyType)!;
            object record = default(EventRecord);
            object value = type.IsEnum ? Enum.ToObject(type, 1) : type == typeof(bool) ? true : Convert.ChangeType(1, type);
            property.SetValue(record, value);

            var written = (EventRecord)record;
            Assert.Equal(1UL, RecordColumns.Read(in written, definition));
            Assert.Equal(1u << definition.Presence, written.Presence);
            var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<EventRecord>(in written))[..60];
            Assert.Equal(definition.Offset, bytes.IndexOfAnyExcept((byte)0));
        }
    }

    [Fact]
    public void Header_fields_lie_where_their_columns_say()
    {
        (Column Column, string Field)[] fields =
        [
            (Column.TimeNs, "Time"), (Column.SourceSequence, "SourceCount"), (Column.Device, "Device"), (Column.Queue, "Queue"),
            (Column.Thread, "Thread"), (Column.Event, "Kind"), (Column.Actor, "Actor"), (Column.Ordering, "OrderingBits"),
            (Column.OrderingDomain, "OrderingBits"), (Column.AddressSpace, "Spaces"), (Column.TargetSpace, "Spaces"),
        ];

        Assert.All(fields, pair => Assert.Equal(
            (int)Marshal.OffsetOf<EventRecord>(pair.Field), Columns.Of(pair.Column).Offset));
    }

    [Fact]
    public void No_two_columns_share_a_presence_bit()
    {
        var bits = Columns.All.Where(definition => definition.Presence >= 0).Select(definition => definition.Presence).ToList();

        Assert.Equal(bits.Count, bits.Distinct().Count());
        Assert.Equal(EventRecord.NotePresence, Columns.Of(Column.Note).Presence);
    }

    [Fact]
    public void No_column_name_is_a_reserved_word()
    {
        var reserved = ParquetRows.Query("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'");

        Assert.Contains("order", reserved);
        Assert.Empty(Columns.All.Select(definition => definition.Name).Intersect(reserved));
    }

    [Fact]
    public void Every_flipped_bit_of_a_record_is_found()
    {
        var events = new RandomEvents(1);
        for (var round = 0; round < 20; round++)
        {
            var (record, _) = events.Next();
            record.State = RecordCheck.StateOf(in record);
            Assert.True(RecordCheck.IsWhole(in record));
            for (var bit = 0; bit < 8 * EventRecord.SizeInBytes; bit++)
            {
                var flipped = record;
                MemoryMarshal.AsBytes(new Span<EventRecord>(ref flipped))[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(RecordCheck.IsWhole(in flipped), $"bit {bit}");
            }
        }
    }
}
