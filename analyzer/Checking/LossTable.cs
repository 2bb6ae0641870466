namespace Tracing.Analysis.Checking;

/// <summary>
/// The <c>loss</c> table: loss events, and holes in a source's own count that no loss event explains. The lost events
/// lay somewhere between the source's event before (<c>after_sequence</c>) and the one behind (<c>before_sequence</c>).
/// </summary>
internal static class LossTable
{
    private const string Columns = """
        source varchar, "sequence" ubigint, source_sequence ubigint, count ubigint, reason varchar,
        after_sequence ubigint, before_sequence ubigint
        """;

    public const string Create = $"""
        create temporary table loss ({Columns});
        create temporary table loss_reach (after_sequence ubigint, reach ubigint);

        """;

    /// <summary>Loss events with their extents. ASOF joins, since a hostile run may hold very many.</summary>
    private const string InsertLossEvents = """
        insert into loss
        with lost as (select source, sequence, source_sequence, value, note from event where event = 'loss'),
        place as (select source, sequence from event where source in (select source from lost))
        select
            lost.source, lost.sequence, lost.source_sequence, lost.value, coalesce(lost.note, 'reason not recorded'),
            coalesce(earlier.sequence, 0), coalesce(later.sequence, 18446744073709551615)
        from lost
        asof left join place earlier on earlier.source = lost.source and earlier.sequence < lost.sequence
        asof left join place later on later.source = lost.source and later.sequence > lost.sequence;
        """;

    /// <summary>Sources whose own count has holes: one aggregate over two columns, so that a whole run pays no window.</summary>
    private const string SourcesWithHoles = """
        select source from event where source_sequence is not null
        group by source having min(source_sequence) > 1 or max(source_sequence) - min(source_sequence) >= count(*)
        """;

    /// <summary>The holes of such sources. A loss event stands for the hole in front of it.</summary>
    private const string InsertHoles = """
        insert into loss
        with counted as (
            select
                source, sequence, source_sequence, event,
                lag(sequence, 1, 0) over own as previous_sequence,
                lag(source_sequence, 1, 0) over own as previous_count,
                lag(event) over own as previous_event
            from event
            where source_sequence is not null and source in (select source from source_with_holes)
            window own as (partition by source order by sequence)
        )
        select
            source, sequence, source_sequence, (source_sequence::hugeint - previous_count - 1)::ubigint,
            'a hole in the source''s count', previous_sequence, sequence
        from counted
        where source_sequence > previous_count and source_sequence::hugeint - previous_count > 1
            and event <> 'loss' and coalesce(previous_event, '') <> 'loss';
        """;

    /// <summary>What is missing where the recording did not come to its end, or a part of the run is not there.</summary>
    public static string InsertGap(string reason, ulong after, ulong before) => $"""
        insert into loss
        select name, {after}, null, null, {Sql.Text(reason)}, {after}, {before} from source;
        """;

    /// <summary>
    /// The extents in a form that one ASOF join can ask: among the losses that begin at or before a sequence, how far
    /// the farthest reaches. Losses may overlap and be many.
    /// </summary>
    private const string InsertReach = """
        insert into loss_reach
        select after_sequence, max(before_sequence) over (order by after_sequence) as reach
        from (select after_sequence, max(before_sequence) as before_sequence from loss group by after_sequence);
        """;

    /// <summary>Finds the losses among the events; how many there are.</summary>
    public static ulong Fill(Database database, CancellationToken token)
    {
        FindLosses(database, token);
        return Close(database, token);
    }

    /// <summary>Finds loss events and holes.</summary>
    public static void FindLosses(Database database, CancellationToken token)
    {
        if (database.Count("select count(*) from event where event = 'loss'", token) > 0) database.Execute(InsertLossEvents, token);
        database.Execute($"create temporary table source_with_holes as {SourcesWithHoles}", token);
        if (database.Count("select count(*) from source_with_holes", token) > 0) database.Execute(InsertHoles, token);
        database.Execute("drop table source_with_holes", token);
    }

    /// <summary>Says how far the losses reach, when all of them are there; how many there are.</summary>
    public static ulong Close(Database database, CancellationToken token)
    {
        var losses = database.Count("select count(*) from loss", token);
        if (losses > 0) database.Execute(InsertReach, token);
        return losses;
    }
}
