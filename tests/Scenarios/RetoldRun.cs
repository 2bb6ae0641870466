using Tracing.Analysis.Checking;
using Tracing.Schemas;
using Tracing.Tests.Recording;

namespace Tracing.Tests.Scenarios;

/// <summary>A recorded run as another observer would have told it: with events left out, taken apart, or less well known.</summary>
internal static class RetoldRun
{
    private const string Descriptor = "part in ('descriptor', 'indirect_descriptor')";
    private const string DeviceReads = $"event = 'dma_read' and {Descriptor}";
    private const string DriverStores = $"event = 'store' and {Descriptor}";
    private const string UsedEntries = "event in ('dma_write', 'load') and part = 'used_entry'";
    private const string LongPayload = "event in ('dma_read', 'dma_write') and part = 'payload' and length > 64";

    /// <summary>Tellings that say all that the original says. Sequences have room for seven more events behind each.</summary>
    public static IReadOnlyDictionary<string, string> Whole { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["as it was"] = "from event",
        ["the device reads the fields of descriptors apart"] = Apart("event", DeviceReads),
        ["the driver stores the fields of descriptors apart"] = Apart("event", DriverStores),
        ["used entries are written and loaded in halves"] = Halves("event"),
        ["payload goes in two pieces"] = Pieces("event"),
        ["all of that"] = Pieces($"({Halves($"({Apart($"({Apart("event", DeviceReads)})", DriverStores)})")})"),
        ["the used index is written once for many entries"] = "from event where sequence not in (" + Skipped + ")",
    };

    /// <summary>Tellings that leave something out.</summary>
    public static IReadOnlyDictionary<string, string> Partial { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["by the device alone"] = "from event where actor <> 'driver'",
        ["by the driver alone"] = "from event where actor <> 'device'",
        ["from the middle on"] = "from event where sequence > (select max(sequence) // 2 from event)",
        ["from the middle on, with a snapshot"] = Snapshot,
        ["without what the driver accepted"] = "from event where register_name is distinct from 'driver_feature'",
        ["without the device's reads of the available index"] = Without("event = 'dma_read' and part = 'available_index'"),
        ["without some of the device's reads of heads"] = Without("event = 'dma_read' and part = 'available_entry' and sequence % 88 = 0"),
        ["without the driver's loads of used entries"] = Without("event = 'load' and part = 'used_entry'"),
        ["without the content of the descriptors that the device reads"] =
            $"select * replace ({Unless(DeviceReads, "target")}, {Unless(DeviceReads, "size")}, {Unless(DeviceReads, "flags")}, {Unless(DeviceReads, "next_slot")}) from event",
        ["without the content of some used entries"] =
            $"select * replace ({Unless($"{UsedEntries} and sequence % 88 = 0", "value")}, {Unless($"{UsedEntries} and sequence % 88 = 0", "size")}) from event",
        ["without the lengths of payload accesses"] = "select * replace (if(part = 'payload' and event like 'dma%', null, length) as length) from event",
        ["the device reads the table in pieces of four"] =
            "select * replace (if(event = 'dma_read' and part = 'descriptor', 64, length)::ubigint as length) from event",
    };

    /// <summary>Writes the run at <paramref name="original"/> as told.</summary>
    public static void Write(string original, string telling, string path)
    {
        var facts = ParquetRows.Facts(original) with { Integrity = null, Checksum = null };
        var metadata = facts.ToMetadata().Select(entry => $"{Sql.Text(entry.Key)}: {Sql.Text(entry.Value)}");
        // Numbers that a telling computes may have become wider than the schema's.
        var columns = string.Join(", ", Columns.All.Select(column => column.Column switch
        {
            Column.Sequence => "row_number() over (order by sequence)::ubigint as sequence",
            Column.SourceSequence => "row_number() over (partition by source order by sequence)::ubigint as source_sequence",
            _ => $"{column.Name}::{column.SqlType} as {column.Name}",
        }));
        ParquetRows.Query($$"""
            copy (
                with event as materialized (select * replace (sequence * 8 as sequence) from '{{original}}')
                select {{columns}}
                from ({{telling}})
                order by 1
            ) to '{{path}}' (format parquet, kv_metadata { {{string.Join(", ", metadata)}} })
            """);
    }

    /// <summary>Used indices behind which the device goes on with a chain that it knew of already.</summary>
    private const string Skipped = """
        select u.sequence
        from (from event where event = 'dma_write' and part = 'used_index') as u
        asof join (from event where event = 'dma_read' and part in ('available_index', 'available_entry')) as n
            on n.device = u.device and n.queue = u.queue and n.sequence > u.sequence
        where n.part = 'available_entry'
        """;

    private const string Snapshot = """
        with cut as (select max(sequence) // 2 as place from event),
        written as (
            from event where event = 'register_write' and actor = 'driver' and sequence <= (select place from cut)
            qualify row_number() over (partition by device, queue, register_name, feature_word order by sequence desc) = 1
        ),
        indexed as (
            from event
            where ((event = 'store' and part = 'available_index') or (event = 'dma_write' and part = 'used_index'))
              and sequence <= (select place from cut)
            qualify row_number() over (partition by device, queue, part order by sequence desc) = 1
        )
        select * exclude (nth, place) replace (
            (place - 4096 + row_number() over (order by nth, sequence))::ubigint as sequence, 'recorder' as actor,
            event as note, 'snapshot' as event, null as ordering, null as ordering_domain)
        from (select *, 0 as nth from written union all select *, 1 from indexed), cut
        union all
        from event where sequence > (select place from cut)
        """;

    private static string Without(string what) => $"from event where not coalesce({what}, false)";

    private static string Unless(string what, string column) => $"if({what}, null, {column}) as {column}";

    private static string Apart(string from, string what) => $"""
        from {from} where not coalesce({what}, false)
        union all select * replace (8 as length, null as size, null as flags, null as next_slot) from {from} where {what}
        union all
        select * replace (sequence + 1 as sequence, address + 8 as address, 4 as length, null as target, null as flags, null as next_slot)
        from {from} where {what}
        union all
        select * replace (sequence + 2 as sequence, address + 12 as address, 4 as length, null as target, null as size)
        from {from} where {what}
        """;

    private static string Halves(string from) => $"""
        from {from} where not coalesce({UsedEntries}, false)
        union all select * replace (4 as length, null as size) from {from} where {UsedEntries}
        union all select * replace (sequence + 1 as sequence, address + 4 as address, 4 as length, null as value) from {from} where {UsedEntries}
        """;

    private static string Pieces(string from) => $"""
        from {from} where not coalesce({LongPayload}, false)
        union all select * replace (length // 2 as length) from {from} where {LongPayload}
        union all
        select * replace (sequence + 1 as sequence, address + length // 2 as address, length - length // 2 as length) from {from} where {LongPayload}
        """;
}
