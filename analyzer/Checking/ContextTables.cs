using System.Globalization;
using System.Text;
using Tracing.Analysis.Catalog;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>
/// The small tables beside <c>event</c> that every view and rule may read: <c>source</c>, <c>source_sees</c>,
/// <c>source_order</c>, <c>run_part</c>, <c>profile</c>.
/// </summary>
internal static class ContextTables
{
    /// <summary>The statements that make the tables, empty.</summary>
    public const string Create = """
        create temporary table source
            ("name" varchar, clock varchar, resolution_ns bigint, offset_ns bigint, uncertainty_ns bigint, events ubigint);
        create temporary table source_sees (source varchar, actor varchar, event varchar);
        create temporary table source_order (first_source varchar, second_source varchar, ordering varchar, uncertainty_ns bigint);
        create temporary table run_part (part integer, parts integer, is_present boolean);
        create temporary table profile
            ("name" varchar, swiotlb_bit utinyint, region_origins varchar[], exemption varchar, assume_order_platform boolean,
             assume_access_platform boolean, assumes varchar[]);

        """;

    /// <summary>The statements that fill them.</summary>
    public static string Insert(RunContext context, IReadOnlyList<int> parts)
    {
        var text = new StringBuilder();
        AppendSources(text, context.Facts);
        AppendSees(text, context.Facts.Sources);
        Sql.AppendInsert(text, "run_part", Enumerable.Range(1, context.Facts.Parts).Select(part => new[]
        {
            Number(part), Number(context.Facts.Parts), parts.Contains(part) ? "true" : "false",
        }));
        var profile = context.Profile;
        Sql.AppendInsert(text, "profile",
        [[
            Sql.Text(profile.Name),
            profile.SwiotlbBit is { } bit ? Number(bit) : "null",
            Sql.TextList(profile.RegionOrigins),
            Sql.Text(context.Exemption),
            Assumes(context, "ORDER_PLATFORM"),
            Assumes(context, "ACCESS_PLATFORM"),
            Sql.TextList(context.Facts.Assumes),
        ]]);
        return text.ToString();
    }

    private static void AppendSources(StringBuilder text, RunFacts facts)
    {
        Sql.AppendInsert(text, "source", facts.Sources.Select(source => new[]
        {
            Sql.Text(source.Name), Sql.Text(source.Clock.Name), Number(source.Clock.ResolutionNs), Number(source.Clock.OffsetNs),
            source.Clock.UncertaintyNs is { } uncertainty ? Number(uncertainty) : "null",
            source.Events.ToString(CultureInfo.InvariantCulture),
        }));
        Sql.AppendInsert(text, "source_order", facts.SourceOrder.SelectMany(order => new[]
        {
            Order(order.First, order.Second, order.Order, order.UncertaintyNs),
            Order(order.Second, order.First, order.Order, order.UncertaintyNs),
        }).DistinctBy(row => (row[0], row[1])));
    }

    /// <summary>The patterns are expanded in the database: written out they would be hundreds of rows.</summary>
    private static void AppendSees(StringBuilder text, IReadOnlyList<SourceFacts> sources)
    {
        var patterns = sources.SelectMany(source => source.Sees.Where(SeesPattern.MayCover).Distinct(StringComparer.Ordinal).Select(pattern =>
        {
            var words = pattern.Split('.', 2);
            return $"({Sql.Text(source.Name)}, {Sql.Text(words[0])}, {Sql.Text(words.Length > 1 ? words[1] : "*")})";
        })).ToList();
        if (patterns.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"""
            insert into source_sees
            select distinct pattern.source, one.actor, other.event
            from (values {string.Join(", ", patterns)}) pattern(source, actor, event),
                (select unnest({Sql.TextList(SeesPattern.Actors)}) as actor) one,
                (select unnest({Sql.TextList(SeesPattern.Events)}) as event) other
            where pattern.actor in ('*', one.actor) and pattern.event in ('*', other.event);

            """);
    }

    private static string[] Order(string first, string second, string order, long? uncertainty)
        => [Sql.Text(first), Sql.Text(second), Sql.Text(order), uncertainty is { } known ? Number(known) : "null"];

    private static string Assumes(RunContext context, string feature)
        => context.Facts.Assumes.Any(assumed => assumed == feature || assumed == $"VIRTIO_F_{feature}") ? "true" : "false";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
