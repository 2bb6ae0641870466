using Tracing.DuckDb;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>An enumeration column with the schema's vocabulary. DuckDB gets the label's index, the file the label.</summary>
internal sealed class EnumerationFiller : ColumnFiller
{
    private readonly byte[] labelByNumber = new byte[256];
    private readonly ulong[] counts;
    private readonly uint presence;
    private readonly int offset;
    private readonly int shift;
    private readonly byte bits;
    private readonly byte excess;
    private readonly bool isZeroNull;

    public EnumerationFiller(ColumnDefinition definition)
    {
        var vocabulary = definition.Vocabulary!;
        Column = BulkColumn.Enum(definition.Name, vocabulary.Names);
        counts = new ulong[vocabulary.Names.Count];
        for (var label = 0; label < vocabulary.Names.Count; label++)
        {
            if (vocabulary.TryNumberOf(vocabulary.Names[label], out var number)) labelByNumber[number] = (byte)label;
        }

        presence = definition.Presence < 0 ? 0 : 1u << definition.Presence;
        offset = definition.Offset;

        // Two columns share a byte where a value takes four bits; what 0 and the excess mean stands at the record's fields.
        var isHalf = definition.Column is Schemas.Column.AddressSpace or Schemas.Column.TargetSpace
            or Schemas.Column.Ordering or Schemas.Column.OrderingDomain;
        shift = definition.Column is Schemas.Column.TargetSpace or Schemas.Column.OrderingDomain ? 4 : 0;
        bits = isHalf ? (byte)0xf : (byte)0xff;
        isZeroNull = isHalf;
        excess = definition.Column is Schemas.Column.AddressSpace or Schemas.Column.TargetSpace ? (byte)1 : (byte)0;
    }

    /// <inheritdoc />
    public override BulkColumn Column { get; }

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        if (presence != 0 && (batch.Presence & presence) == 0) return;
        var records = batch.Records;
        var target = vector;
        ulong count = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            ref var record = ref records[row];
            if (presence != 0 && (record.Presence & presence) == 0) continue;
            var number = (Field<byte>(ref record, offset) >> shift) & bits;
            if (isZeroNull && number == 0) continue;
            var label = labelByNumber[number - excess];
            target.Set(row, label);
            counts[label]++;
            count++;
        }

        NonNull += count;
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Values: Used(Column.Labels, counts));

    /// <summary>The labels that occur, with their counts.</summary>
    internal static Dictionary<string, ulong> Used(IReadOnlyList<string> labels, ulong[] counts)
        => labels.Select((label, index) => (label, count: counts[index]))
            .Where(entry => entry.count != 0)
            .ToDictionary(entry => entry.label, entry => entry.count, StringComparer.Ordinal);
}

/// <summary><c>source</c>: an enumeration of the run's own names.</summary>
internal sealed class SourceFiller(IReadOnlyList<string> names) : ColumnFiller
{
    private readonly ulong[] counts = new ulong[names.Count];

    // DuckDB stores the index of a label in one byte as long as it fits.
    private readonly bool isWide = names.Count > byte.MaxValue;

    /// <inheritdoc />
    public override BulkColumn Column { get; } = BulkColumn.Enum(Columns.Of(Schemas.Column.Source).Name, names);

    /// <inheritdoc />
    public override void Fill(EventBatch batch, in BulkVector vector)
    {
        var target = vector;
        for (var row = 0; row < batch.Count; row++)
        {
            var source = batch.Sources[row];
            if (isWide) target.Set(row, source);
            else target.Set(row, (byte)source);
            counts[source]++;
        }

        NonNull += (ulong)batch.Count;
    }

    /// <inheritdoc />
    public override ColumnIntegrity Integrity() => new(NonNull, Values: EnumerationFiller.Used(names, counts));
}
