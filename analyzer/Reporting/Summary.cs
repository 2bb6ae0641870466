using System.Data.Common;
using System.Globalization;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Reporting;

/// <summary>What is in a run: who watched, what they saw, which devices with which features and queues, what is missing.</summary>
internal sealed class Summary(RunSession session, Run run, TextWriter output)
{
    private const int LinesInFull = 64;
    private const int LettersInFull = 2000;

    public void Write(CancellationToken token)
    {
        var facts = run.Facts;
        output.WriteLine($"{string.Join(' ', run.Files.Select(Printable.Line))}: {Words.Plural(session.Events, "event")}, recorded by {Printable.Short(facts.Producer)}");
        Field("run", facts.RunId.Length > 0 ? $"{facts.RunId}{(facts.Parts > 1 ? $", parts {string.Join(", ", run.PartNumbers)} of {facts.Parts}" : "")}" : null);
        Field("command", facts.CommandLine);
        Field("seed", facts.Seed?.ToString(CultureInfo.InvariantCulture));
        Field("profile", $"{session.Context.Profile.Name}: {session.Context.Profile.Title}");
        Field("assumes", facts.Assumes.Count > 0 ? string.Join(", ", facts.Assumes) : null);
        Field("complete", facts.Complete ? "yes" : "no: the recording did not come to its end");
        Field("integrity", run.Parts.All(part => part.Facts.Integrity is not null) ? "sums are there (analyzer validate checks them)" : "no sums");
        WriteSources();
        WriteLosses(token);
        Section("Devices", ["device"], """
            select 'dev' || device || coalesce(' ' || "name", '') || coalesce(', type ' || device_type, '') || ', from #' || first_sequence
            from device order by device
            """, token);
        Section("Negotiation, by each side's own observation", ["negotiation_by_side", "feature_list"], """
            select 'dev' || device || ' ' || side || ' epoch ' || epoch || ' from #' || since
                || coalesce(' to #' || until, '') || ': offered {' || coalesce(feature_list(offered), '?') || '}, accepted {'
                || coalesce(feature_list(accepted), '?') || '}, SWIOTLB ' || coalesce(swiotlb::varchar, 'unknown')
                || ', DRIVER_OK ' || coalesce('#' || driver_ok, 'never')
            from negotiation_by_side order by device, side, epoch
            """, token);
        Section("Queues", ["queue_config"], """
            select 'dev' || device || '/q' || queue || ' ' || side || ' from #' || since || coalesce(' to #' || until, '')
                || ': size ' || coalesce(size::varchar, '?')
                || printf(', descriptor area 0x%x, driver area 0x%x, device area 0x%x', coalesce(desc_address, 0), coalesce(driver_address, 0),
                    coalesce(device_address, 0))
                || case when is_packed then ', packed' else '' end
            from queue_config order by device, queue, side, since
            """, token);
        Section("Events", [], """
            select actor || ' ' || event || ': ' || count(*) from event group by actor, event order by actor, count(*) desc, event
            """, token);
        // Row SWIOTLB-007 of the catalogue: a recommendation, so a figure and no verdict.
        Section("Payload bytes outside the bounce buffer (SWIOTLB-007)", ["device_confinement", "ranges_contain"], """
            with placed as (
                select access.device, access.length, ranges_contain(place.bounce_ranges, access.address, access.length) as is_inside
                from (select * from event where event in ('dma_read', 'dma_write') and part = 'payload') access
                asof left join device_confinement place on access.device = place.device and access.sequence >= place.since
            )
            select 'dev' || device || ': ' || coalesce(sum(length) filter (where not is_inside), 0) || ' of ' || coalesce(sum(length), 0)
                || ' bytes' || coalesce(printf(' (%.2f %%)', 100.0 * (sum(length) filter (where not is_inside)) / nullif(sum(length), 0)), '')
                || coalesce(', ' || nullif(count(*) filter (where is_inside is null), 0) || ' accesses cannot be placed', '')
            from placed group by device order by device
            """, token);
    }

    private void WriteSources()
    {
        Heading("Sources");
        foreach (var source in run.Facts.Sources.Take(LinesInFull))
        {
            var uncertainty = source.Clock.UncertaintyNs is { } known ? $"± {known} ns" : "uncertainty unknown";
            Line($"{source.Name}: {Words.Plural(source.Events, "event")}, clock {source.Clock.Name} ({uncertainty}), sees {Seen(source)}");
        }

        foreach (var order in run.Facts.SourceOrder.Take(LinesInFull))
            Line($"{order.First} and {order.Second}: order {order.Order}{(order.UncertaintyNs is { } by ? $" ± {by} ns" : "")}");
    }

    private static string Seen(SourceFacts source) => source.Sees.Count == 0 ? "nothing" : string.Join(", ", source.Sees);

    private void WriteLosses(CancellationToken token)
    {
        Heading("Losses");
        if (session.Losses == 0) Line("none");
        foreach (var loss in LossReports.Read(session.Database, token))
            Line($"{loss.Source}: {(loss.Count is { } known ? Words.Plural(known, "event") : "an unknown number of events")} behind #{loss.After}: {loss.Reason}");
    }

    /// <summary>A query of one text column. A foreign run may hold what a view cannot digest: that is said, and the rest goes on.</summary>
    private void Section(string title, IReadOnlyList<string> views, string query, CancellationToken token)
    {
        Heading(title);
        var lines = 0UL;
        try
        {
            session.Require(views, token);
            session.Database.Query(query, reader =>
            {
                if (lines++ < LinesInFull) Line(reader.IsDBNull(0) ? "?" : reader.GetString(0));
            }, token);
        }
        catch (DbException exception)
        {
            Line($"cannot be said: {Printable.FirstLine(exception.Message)}");
            return;
        }

        if (lines == 0) Line("none");
        if (lines > LinesInFull) Line($"and {Words.Number(lines - LinesInFull)} more");
    }

    private void Heading(string title)
    {
        output.WriteLine();
        output.WriteLine(title);
    }

    private void Line(string text) => output.WriteLine($"  {Printable.Short(text, LettersInFull)}");

    private void Field(string name, string? value)
    {
        if (value is not null) output.WriteLine($"  {name,-10} {Printable.Short(value, LettersInFull)}");
    }
}
