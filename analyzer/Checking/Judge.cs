using System.Collections;
using System.Globalization;
using System.Numerics;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Checking;

/// <summary>Runs a rule's statement once and counts. Nothing but counts and the first violations leaves the database.</summary>
internal static class Judge
{
    /// <summary>How many violations of a rule are kept in full.</summary>
    public const int FindingsInFull = 3;

    /// <summary>How many (device, queue) pairs are counted apart; the others of a hostile run go together.</summary>
    private const int GroupsApart = 4096;

    private static readonly string[] frame = ["sequence", "since", "device", "queue", "violated", "loss_reach"];

    /// <summary>Judges with the statement <paramref name="body"/>.</summary>
    public static Judgement Run(Database database, string body, bool hasLosses, CancellationToken token)
    {
        var groups = new List<GroupCount>();
        var rest = default(Count);
        var violated = new List<JudgedThing>();
        var (byLoss, firstUnknown) = (0UL, (ulong?)null);
        database.Query(Statement(body, hasLosses), reader =>
        {
            var count = new Count(Number(reader.GetValue(2))!.Value, Number(reader.GetValue(3))!.Value, Number(reader.GetValue(4))!.Value);
            var (device, queue) = (Small(reader.IsDBNull(0) ? null : reader.GetValue(0)), Small(reader.IsDBNull(1) ? null : reader.GetValue(1)));
            if (groups.Count < GroupsApart) groups.Add(new GroupCount(device, queue, count));
            else rest += count;
            byLoss += Number(reader.GetValue(5))!.Value;
            if (!reader.IsDBNull(6) && Number(reader.GetValue(6)) is { } unknown) firstUnknown = Math.Min(firstUnknown ?? unknown, unknown);
            if (reader.IsDBNull(7)) return;
            foreach (var thing in (IEnumerable)reader.GetValue(7)) violated.Add(ReadThing((IDictionary)thing!));
        }, token);
        if (rest.Total > 0) groups.Add(new GroupCount(null, null, rest));
        return new Judgement
        {
            Groups = groups,
            UnknownByLoss = byLoss,
            FirstUnknown = firstUnknown,
            FirstViolated = [.. violated.OrderBy(thing => thing.Sequence ?? 0).Take(FindingsInFull)],
        };
    }

    /// <summary>The one statement that a judgement takes.</summary>
    public static string Statement(string body, bool hasLosses)
    {
        // The lost event may have been the barrier, or the reset: what touches a loss is unknown either way.
        var things = hasLosses
            ? """
              (select judged.*, loss_reach.reach as loss_reach
               from judged asof left join loss_reach on judged.sequence > loss_reach.after_sequence) judged
              """
            : "judged";
        var verdict = hasLosses ? "case when coalesce(since, sequence) < loss_reach then null else violated end" : "violated";
        return $"""
            with judged as (
            {body}
            )
            select
                device, queue,
                count(*) filter (where {verdict}),
                count(*) filter (where not {verdict}),
                count(*) filter (where ({verdict}) is null),
                count(*) filter (where ({verdict}) is null and violated is not null),
                min(sequence) filter (where ({verdict}) is null),
                min(judged, {FindingsInFull}) filter (where {verdict})
            from {things}
            group by device, queue
            order by device nulls first, queue nulls first
            """;
    }

    private static JudgedThing ReadThing(IDictionary row)
    {
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry column in row)
        {
            var name = (string)column.Key;
            if (!frame.Contains(name, StringComparer.Ordinal)) columns[name] = Text(column.Value);
        }

        return new JudgedThing(Number(row["sequence"]), Number(row["since"]), Small(row["device"]), Small(row["queue"]), columns);
    }

    private static ulong? Number(object? value)
    {
        if (value is null or DBNull) return null;
        var number = value is BigInteger big ? big : new BigInteger(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
        return number < 0 || number > ulong.MaxValue ? null : (ulong)number;
    }

    private static int? Small(object? value) => Number(value) is { } number and <= int.MaxValue ? (int)number : null;

    private static string? Text(object? value) => value switch
    {
        null or DBNull => null,
        bool truth => truth ? "true" : "false",
        string text => text,
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Text(key)}: {Text(map[key]) ?? "null"}"))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(item => Text(item) ?? "null"))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
