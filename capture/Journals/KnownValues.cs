using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>
/// Whether every number in a record has a name in this build's vocabulary. A journal of a newer program, or a hostile
/// one, may hold others: the event is then counted as lost rather than guessed at.
/// </summary>
public static class KnownValues
{
    private const uint KnownPresence = (1u << 23) - 1;
    private const int PartPresence = 21;
    private static readonly bool[] kinds = Flags(Column.Event);
    private static readonly bool[] actors = Flags(Column.Actor);
    private static readonly bool[] parts = Flags(Column.Part);
    private static readonly bool[] spaces = Flags(Column.AddressSpace);
    private static readonly bool[] orderings = Flags(Column.Ordering);
    private static readonly bool[] domains = Flags(Column.OrderingDomain);
    private static readonly ColumnDefinition[] rare =
        [.. Columns.All.Where(column => column is { Vocabulary: not null, Presence: >= 0 and not PartPresence })];

    private static readonly uint rarePresence = rare.Aggregate(0u, (mask, column) => mask | (1u << column.Presence));

    /// <summary>What is unknown in <paramref name="record"/>, or null.</summary>
    public static string? Problem(in EventRecord record)
    {
        if (!kinds[(byte)record.Kind]) return $"event kind {(byte)record.Kind} is unknown";
        if (!actors[(byte)record.Actor]) return $"actor {(byte)record.Actor} is unknown";
        if ((record.Presence & ~KnownPresence) != 0) return $"presence mask 0x{record.Presence:x} names unknown columns";
        if (record.Part is { } part && !parts[(byte)part]) return $"part {(byte)part} is unknown";
        if (record.OrderingBits != 0 && !IsOrderingKnown(record.OrderingBits))
            return $"ordering 0x{record.OrderingBits:x2} is unknown";
        if (!IsSpaceKnown(record.Spaces & 0xf) || !IsSpaceKnown(record.Spaces >> 4))
            return $"address spaces 0x{record.Spaces:x2} are unknown";
        return (record.Presence & rarePresence) == 0 ? null : RareProblem(in record);
    }

    private static string? RareProblem(in EventRecord record)
    {
        foreach (var column in rare)
        {
            if (RecordColumns.Read(in record, column) is { } number && column.Vocabulary!.NameOf((int)number) is null)
                return $"{column.Name} {number} is unknown";
        }

        return null;
    }

    private static bool IsSpaceKnown(int bits) => bits == 0 || spaces[bits - 1];

    private static bool IsOrderingKnown(int bits)
        => ((bits & 0xf) == 0 || orderings[bits & 0xf]) && ((bits >> 4) == 0 || domains[bits >> 4]);

    private static bool[] Flags(Column column)
    {
        var vocabulary = Columns.Of(column).Vocabulary!;
        var flags = new bool[256];
        for (var number = 0; number < vocabulary.Limit; number++) flags[number] = vocabulary.NameOf(number) is not null;
        return flags;
    }
}
